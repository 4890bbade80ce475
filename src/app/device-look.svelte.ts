import { createContext } from 'svelte';
import type { DeviceSettings, DeviceStore } from '#records/device-store.ts';

/** How this device shows the app: kept on it, and applied to the page at once. */
export class DeviceLook {
	readonly #device: DeviceStore;
	readonly #largeAtFirst: () => boolean;
	#settings: DeviceSettings = $state.raw({ theme: 'auto' });

	/** `largeAtFirst`: whether those who see the present home start in large type. */
	constructor(device: DeviceStore, largeAtFirst: () => boolean) {
		this.#device = device;
		this.#largeAtFirst = largeAtFirst;
	}

	get settings(): DeviceSettings {
		return this.#settings;
	}

	/** As someone chose, else as the home starts. Tracked. */
	get largeType(): boolean {
		return this.#settings.largeType ?? this.#largeAtFirst();
	}

	/** @throws StoreError */
	async load(): Promise<void> {
		this.#settings = await this.#device.settings();
	}

	/** @throws StoreError when the device could not keep the change; it holds for now all the same. */
	async change(settings: Partial<DeviceSettings>): Promise<void> {
		this.#settings = { ...this.#settings, ...settings };
		await this.#device.keepSettings(this.#settings);
	}

	/** Carries the settings to `root`; call it in an effect. `prefersDark`: what the device prefers. */
	apply(root: HTMLElement, prefersDark: boolean): void {
		const { theme } = this.#settings;
		root.dataset['theme'] = theme === 'auto' ? (prefersDark ? 'dark' : 'light') : theme;
		root.toggleAttribute('data-large', this.largeType);
	}
}

export const [getDeviceLook, setDeviceLook] = createContext<DeviceLook>();
