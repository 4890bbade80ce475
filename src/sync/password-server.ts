import * as v from 'valibot';
import type { PasswordServer } from '#access/office-server.ts';
import { askServer, type Fetch } from './ask-server.ts';

const owner = v.pipe(
	v.object({ name: v.string() }),
	v.transform(({ name }) => name)
);

/** `/api/password`, for whoever holds a one-time link. */
export function passwordServer(fetch: Fetch): PasswordServer {
	return {
		passwordOwner: (token) =>
			askServer(fetch, {
				path: '/api/password',
				bearer: token,
				answer: owner
			}),
		async setPassword(token, password) {
			let weak = false;
			const answer = await askServer(
				async (path, init) => {
					const response = await fetch(path, init);
					weak = response.status === 400;
					return response;
				},
				{ path: '/api/password', method: 'POST', body: { token, password }, answer: owner }
			);
			return weak ? { outcome: 'weak' } : answer;
		}
	};
}
