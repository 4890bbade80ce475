import type { Draft } from './phone-store.ts';

/** `auto` follows the device. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** How this device shows the app, whoever works on it. */
export interface DeviceSettings {
	readonly largeType: boolean;
	readonly theme: Theme;
}

/** The account that last signed in on this device, as the server told it. */
export interface LastAccount {
	readonly name: string;
	readonly roles: readonly string[];
}

/** What belongs to the device rather than to an account. A resolved promise means: on its disk. */
export interface DeviceStore {
	/** Names this device in records; made when first asked for, and never changed. */
	id(): Promise<string>;
	account(): Promise<LastAccount | undefined>;
	keepAccount(account: LastAccount): Promise<void>;
	forgetAccount(): Promise<void>;
	settings(): Promise<DeviceSettings>;
	keepSettings(settings: DeviceSettings): Promise<void>;
	/** Forms filled in before anyone signed in. */
	draft(key: string): Promise<Draft | undefined>;
	keepDraft(draft: Draft): Promise<void>;
	dropDraft(key: string): Promise<void>;
	close(): void;
}
