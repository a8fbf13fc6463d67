'use client';

import { useEffect, useState } from 'react';
import { EntityCard } from './EntityCard';

export function Portal() {
  const [entity, setEntity] = useState<object | undefined>({ kind: 'Component', metadata: { name: 'first', annotations: { 'pagerduty.com/service-id': 'PCHKOUT' } } });
  useEffect(() => { Object.assign(globalThis, { portal: { show: (next?: object) => setEntity(next) } }); }, []);
  return entity === undefined ? null : <EntityCard entity={entity} />;
}
