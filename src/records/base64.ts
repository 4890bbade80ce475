/** RFC 4648, section 4. In slices, because a call takes only so many arguments. */
export function base64(bytes: Uint8Array): string {
	const slice = 8192;
	let text = '';
	for (let from = 0; from < bytes.length; from += slice)
		text += String.fromCharCode(...bytes.subarray(from, from + slice));
	return btoa(text);
}
