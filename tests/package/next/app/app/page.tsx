import { headers } from 'next/headers';
import { Portal } from '../parts/Portal';

export const metadata = { title: 'test', icons: 'data:,' };

/** Rendered for each request. */
export default async function Page() {
  return <main data-agent={(await headers()).get('user-agent')}><Portal /></main>;
}
