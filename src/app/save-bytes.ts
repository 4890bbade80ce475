/** Offers bytes as a file to keep. */
export function saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void {
	const url = URL.createObjectURL(new Blob([bytes], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has taken hold of the bytes by the next turn.
	setTimeout(() => URL.revokeObjectURL(url));
}
