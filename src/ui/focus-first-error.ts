/** Takes the focus to the first control of `form` that is marked invalid, so that it is seen and read out. */
export function focusFirstError(form: HTMLFormElement): void {
	form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
