import * as v from 'valibot';
import { accountLog, madeAccount, managedAccount } from '#access/accounts-api.ts';
import { issuedCard, madeCard } from '#access/cards-api.ts';
import { handedOver, knownDevice } from '#access/devices-api.ts';
import type { OfficeServer } from '#access/office-server.ts';
import { askServer, type Fetch, type Question } from './ask-server.ts';

/** The part of an answer under one name: `{ accounts: [...] }` is the list. */
function under<Name extends string, Value>(name: Name, schema: v.GenericSchema<unknown, Value>) {
	return v.pipe(
		v.looseObject({ [name]: v.unknown() }),
		v.transform((answer) => answer[name]),
		schema
	);
}

/** `/api/accounts`, `/api/devices`, `/api/handovers` and `/api/cards`, with the session's cookie. */
export function officeServer(fetch: Fetch): OfficeServer {
	const ask = <Value>(question: Question<Value>) => askServer(fetch, question);

	return {
		accounts: () => ask({ path: '/api/accounts', answer: under('accounts', v.array(managedAccount)) }),
		createAccount: (body) => ask({ path: '/api/accounts', method: 'POST', body, answer: madeAccount }),
		changeAccount: (name, body) =>
			ask({ path: account(name), method: 'PATCH', body, answer: under('account', managedAccount) }),
		newLink: (name) =>
			ask({ path: `${account(name)}/link`, method: 'POST', body: {}, answer: under('link', v.string()) }),
		accountLog: () => ask({ path: '/api/accounts/log', answer: accountLog }),
		devices: () => ask({ path: '/api/devices', answer: under('devices', v.array(knownDevice)) }),
		revokeDevice: (name, device) =>
			ask({
				path: `/api/devices/${encodeURIComponent(name)}/${encodeURIComponent(device)}/revoke`,
				method: 'POST',
				body: {},
				answer: v.pipe(
					v.unknown(),
					v.transform(() => undefined)
				)
			}),
		handovers: () => ask({ path: '/api/handovers', answer: under('handovers', v.array(handedOver)) }),
		decide: (id, decision) =>
			ask({
				path: `/api/handovers/${encodeURIComponent(id)}`,
				method: 'POST',
				body: { decision },
				answer: handedOver
			}),
		cards: (scope) =>
			ask({
				path: `/api/cards?${new URLSearchParams({ scope }).toString()}`,
				answer: under('cards', v.array(issuedCard))
			}),
		issueCard: (body) => ask({ path: '/api/cards', method: 'POST', body, answer: madeCard }),
		revokeCard: (id, devices) =>
			ask({
				path: `/api/cards/${encodeURIComponent(id)}/revoke`,
				method: 'POST',
				body: { devices },
				answer: under('card', issuedCard)
			})
	};
}

function account(name: string): string {
	return `/api/accounts/${encodeURIComponent(name)}`;
}
