/** What the address points at comes up after the page was opened, once the records are read: it is shown then. */
export function pointedAt(element: HTMLElement): void {
	const asked = element.id !== '' && location.hash === `#${element.id}`;
	element.classList.toggle('pointed-at', asked);
	if (asked) element.scrollIntoView({ block: 'center' });
}
