import { exchangeAs, pushWaiting, sessionAccount, type Exchanged, type ExchangeDeps } from './exchange.ts';
import { clearAfterLostGrants } from './lost-grants.ts';
import { followed } from './survey.ts';
import { WireError } from './wire-error.ts';

/** `lastSeq`: from where to listen for what changes after it; undefined where the server cannot tell. */
export interface ExchangedAll extends Exchanged {
	readonly lastSeq?: string | undefined;
}

/** Exchanges what waits and every feed this account follows. */
export async function exchangeAll(deps: ExchangeDeps): Promise<ExchangedAll> {
	const { store, remote } = deps;
	try {
		const lastSeq = await remote.server.lastSeq();
		const account = await sessionAccount(deps);
		if (!account) return { trouble: 'signed-out' };
		const { listed, infos, gone, told } = await followed(store, remote);
		const clearing = { store, push: () => pushWaiting(deps), desk: deps.desk, now: deps.now };
		const trouble = told ? await clearAfterLostGrants(clearing, account.roles, listed) : undefined;
		if (trouble) return { trouble };
		const exchanged = await exchangeAs(deps, [...listed, ...gone], infos);
		if (!exchanged.trouble) await store.rememberFeeds(listed);
		return { lastSeq, ...exchanged };
	} catch (error) {
		if (error instanceof WireError) return { trouble: error.trouble };
		throw error;
	}
}
