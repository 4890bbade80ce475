export type LockMessage = 'ask' | 'lock' | 'changed' | 'gone';

interface LockListener {
	/** What this tab may give to another. */
	readonly key: () => CryptoKey | undefined;
	readonly onKey: (key: CryptoKey) => void;
	readonly onLock: () => void;
	/** Another tab put a lock on the account, or took it off. */
	readonly onChanged: () => void;
	/** The account was taken off this device. */
	readonly onGone: () => void;
}

/**
 * Between the tabs of one account. A tab that opens gets the key from one that has it: it travels from memory to
 * memory as a CryptoKey whose bits no script can read.
 */
export class LockLine {
	readonly #channel: BroadcastChannel;

	constructor(account: string, { key, onKey, onLock, onChanged, onGone }: LockListener) {
		this.#channel = new BroadcastChannel(`zhonggeng.lock-${account}`);
		this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
			if (data instanceof CryptoKey) onKey(data);
			else if (data === 'lock') onLock();
			else if (data === 'changed') onChanged();
			else if (data === 'gone') onGone();
			else if (data === 'ask') {
				const own = key();
				if (own) this.#channel.postMessage(own);
			}
		};
	}

	tell(message: LockMessage): void {
		this.#channel.postMessage(message);
	}

	close(): void {
		this.#channel.onmessage = null;
		this.#channel.close();
	}
}
