import * as v from 'valibot';
import { erasure, erasureOutlook, type ErasureServer } from '#access/erasure-api.ts';
import { askServer, type Fetch } from './ask-server.ts';

const listed = v.pipe(
	v.object({ erasures: v.array(erasure) }),
	v.transform(({ erasures }) => erasures)
);

/** `/api/erasures`, with the session's cookie. */
export function erasureServer(fetch: Fetch): ErasureServer {
	return {
		erasures: () => askServer(fetch, { path: '/api/erasures', answer: listed }),
		outlook: (household) =>
			askServer(fetch, {
				path: `/api/erasures/outlook?${new URLSearchParams({ household }).toString()}`,
				answer: erasureOutlook
			}),
		erase: (household) =>
			askServer(fetch, { path: '/api/erasures', method: 'POST', body: { household }, answer: erasure })
	};
}
