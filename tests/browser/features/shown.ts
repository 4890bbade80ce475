import { mount, unmount, type Component } from 'svelte';
import { onTestFinished } from 'vitest';
import type { Workplace } from '#app/workplace.svelte.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import PartHost from './PartHost.svelte';

/** Shows one part of the app, in Chinese, until the test ends. */
export function shown<Given extends Record<string, unknown>>(
	workplace: Workplace,
	part: Component<Given>,
	given: Given
): void {
	overwriteGetLocale(() => 'zh-CN');
	const target = document.body.appendChild(document.createElement('div'));
	const host = mount(PartHost<Given>, { target, props: { workplace, part, given } });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
}
