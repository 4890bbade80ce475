/** Offers a text as a file to keep. */
export function saveText(name: string, text: string, type: string): void {
	const url = URL.createObjectURL(new Blob([text], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has taken hold of the bytes by the next turn.
	setTimeout(() => URL.revokeObjectURL(url));
}
