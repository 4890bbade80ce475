import { createContext } from 'svelte';
import type { DeviceSettings, DeviceStore } from '#records/device-store.ts';

/** How this device shows the app: kept on it, and applied to the page at once. */
export class DeviceLook {
	readonly #device: DeviceStore;
	#settings: DeviceSettings = $state.raw({ largeType: false, theme: 'auto' });

	constructor(device: DeviceStore) {
		this.#device = device;
	}

	get settings(): DeviceSettings {
		return this.#settings;
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
		const { theme, largeType } = this.#settings;
		root.dataset['theme'] = theme === 'auto' ? (prefersDark ? 'dark' : 'light') : theme;
		root.toggleAttribute('data-large', largeType);
	}
}

export const [getDeviceLook, setDeviceLook] = createContext<DeviceLook>();
