import {
	longestWait,
	mostFailures,
	waitAfter,
	type Attempt,
	type Lock,
	type LockKeeper
} from '#records/lock.ts';
import { destroyStore } from './destroying.ts';
import { changeLock, lockOf, putFirstLock, replaceLock } from './lock-store.ts';
import { finishUnsealing, liesInClear, unseal } from './locking.ts';
import { leastIterations, newLock, openLock, rewrapped } from './pin.ts';
import { onDisk } from './store-failure.ts';

/** `iterations`: of the PINs set by it. */
export function lockKeeper(now: () => Date, iterations = leastIterations): LockKeeper {
	/** Counts the attempt as a wrong one before it is judged, so that ending the app in between gains nothing. */
	async function judged<Good>(
		account: string,
		judge: (lock: Lock) => Promise<Good | undefined>
	): Promise<{ readonly good: Good } | { readonly attempt: Attempt }> {
		if (!(await lockOf(account)))
			return { attempt: { outcome: (await onDisk(() => liesInClear(account))) ? 'clear' : 'gone' } };
		const at = now().getTime();
		let waits: number | undefined;
		const counted = await changeLock(account, (lock) => {
			// A clock that was set back makes nobody wait longer than the longest wait.
			const until = Math.min(lock.notBefore, at + longestWait);
			waits = until > at ? until : undefined;
			if (waits !== undefined) return lock;
			const failures = lock.failures + 1;
			return { ...lock, failures, notBefore: at + waitAfter(failures) };
		});
		if (waits !== undefined) return { attempt: { outcome: 'wait', until: waits } };
		const good = await judge(counted);
		if (good === undefined) return { attempt: await wrong(account, counted) };
		await changeLock(account, (lock) => ({ ...lock, failures: 0, notBefore: 0 }));
		return { good };
	}

	async function wrong(account: string, { failures, notBefore: until }: Lock): Promise<Attempt> {
		if (failures < mostFailures) return { outcome: 'wrong', failures, until };
		const answer = await destroyStore(account);
		if (answer.destroyed) return { outcome: 'gone' };
		const { waiting, refused } = answer;
		return { outcome: 'wrong', failures, until, kept: { waiting, refused } };
	}

	return {
		async set(account, pin) {
			const { lock, key } = await newLock(account, pin, iterations);
			return (await putFirstLock(account, lock)) ? { outcome: 'set', key } : { outcome: 'locked' };
		},
		async attempt(account, pin) {
			const answer = await judged(account, (lock) => openLock(account, lock, pin));
			if (!('good' in answer)) return answer.attempt;
			const { good: key } = answer;
			return (await onDisk(() => finishUnsealing(account, key)))
				? { outcome: 'clear' }
				: { outcome: 'open', key };
		},
		async change(account, pin, next) {
			const answer = await judged(account, async (lock) => {
				const key = await openLock(account, lock, pin);
				const changed = await rewrapped(account, lock, pin, next, iterations);
				return key && changed && { key, changed };
			});
			if (!('good' in answer)) return answer.attempt;
			await replaceLock(account, answer.good.changed);
			return { outcome: 'open', key: answer.good.key };
		},
		async remove(account, key) {
			await onDisk(() => unseal(account, key));
		}
	};
}
