import { tablet } from '#access/cards-api.ts';
import type { TabletServer } from '#access/tablet-server.ts';
import { askServer, type Fetch } from './ask-server.ts';

export function tabletServer(fetch: Fetch): TabletServer {
	return { tablet: () => askServer(fetch, { path: '/api/tablet', answer: tablet }) };
}
