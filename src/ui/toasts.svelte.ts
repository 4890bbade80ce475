import { createContext } from 'svelte';

export interface ToastAction {
	readonly label: string;
	readonly run: () => void;
}

export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly action: ToastAction | undefined;
}

/** Short answers at the lower edge, gone by themselves after some seconds. One at a time: the last said. */
export class Toasts {
	#current: Toast | undefined = $state.raw();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#said = 0;

	get current(): Toast | undefined {
		return this.#current;
	}

	show(text: string, action?: ToastAction, seconds = action ? 8 : 4): void {
		clearTimeout(this.#timer);
		this.#said += 1;
		const toast = { id: this.#said, text, action };
		this.#current = toast;
		this.#timer = setTimeout(() => this.dismiss(toast), seconds * 1000);
	}

	dismiss(toast: Toast): void {
		if (this.#current === toast) this.#current = undefined;
	}
}

export const [getToasts, setToasts] = createContext<Toasts>();
