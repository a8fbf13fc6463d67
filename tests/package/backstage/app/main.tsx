// The parts of Backstage that an entity page stands on: its APIs, theme, page layout and the entity's provider.
import { FetchMiddlewares, createFetchApi } from '@backstage/core-app-api';
import { Content, InfoCard, Page } from '@backstage/core-components';
import { AnyApiRef, ApiHolder, discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { UnifiedThemeProvider, themes } from '@backstage/theme';
import { ApiProvider } from '@backstage/core-app-api';
import { CssBaseline, Grid } from '@material-ui/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom';
import { EntityPagerDutyCard } from './EntityPagerDutyCard';

const backend = `${location.origin}/api`;
const identityApi = { getCredentials: async () => ({ token: 'of-backstage' }) } as never;
const known = new Map<string, unknown>([
  [discoveryApiRef.id, { getBaseUrl: async (plugin: string) => `${backend}/${plugin}` }],
  [fetchApiRef.id, createFetchApi({
    middleware: FetchMiddlewares.injectIdentityAuth({ identityApi, urlPrefixAllowlist: [backend], header: { name: 'backstage-token', value: (token: string) => token } }),
  })],
]);
const apis: ApiHolder = { get: (ref: AnyApiRef) => known.get(ref.id) as never };

function Portal() {
  const [entity, setEntity] = useState<object | undefined>();
  const [isDark, setDark] = useState(false);
  Object.assign(globalThis, { portal: { show: (next?: object) => setEntity(next), setDark } });
  return (
    <UnifiedThemeProvider theme={isDark ? themes.dark : themes.light}>
      <CssBaseline />
      <Page themeId="service">
        <Content>
          <Grid container>
            <Grid item xs={6}><InfoCard title="About">A card of Backstage's.</InfoCard></Grid>
            {entity && <EntityProvider entity={entity as never}><Grid item xs={6}><EntityPagerDutyCard /></Grid></EntityProvider>}
          </Grid>
        </Content>
      </Page>
    </UnifiedThemeProvider>
  );
}

createRoot(document.querySelector('main')!).render(<ApiProvider apis={apis}><MemoryRouter><Portal /></MemoryRouter></ApiProvider>);
