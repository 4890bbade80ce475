import { createContext } from 'svelte';
import { on } from 'svelte/events';

/** Chromium's event, in no standard: it hands over the browser's own question whether to install. */
interface InstallEvent extends Event {
	prompt(): Promise<unknown>;
}

/** Whether this app can be put on the home screen, or is there already. */
export class InstallOffer {
	#event: InstallEvent | undefined = $state.raw();
	#installed = $state(false);

	/** Follows the browser's offers. Returns how to stop. */
	follow(window: Window): () => void {
		this.#installed = window.matchMedia('(display-mode: standalone)').matches;
		const stops = [
			on(window, 'beforeinstallprompt', (event) => {
				event.preventDefault();
				if (isInstallEvent(event)) this.#event = event;
			}),
			on(window, 'appinstalled', () => (this.#installed = true))
		];
		return () => stops.forEach((stop) => stop());
	}

	get state(): 'installed' | 'offered' | 'unknown' {
		if (this.#installed) return 'installed';
		return this.#event ? 'offered' : 'unknown';
	}

	/** Has the browser ask; it asks once an offer. */
	async install(): Promise<void> {
		const event = this.#event;
		this.#event = undefined;
		await event?.prompt();
	}
}

function isInstallEvent(event: Event): event is InstallEvent {
	return 'prompt' in event && typeof event.prompt === 'function';
}

export const [getInstallOffer, setInstallOffer] = createContext<InstallOffer>();
