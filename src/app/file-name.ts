/** A name for a file out of what there is to say of it, without what file systems refuse. */
export function fileName(parts: readonly (string | undefined)[], ending: string): string {
	const name = parts.filter((part) => part !== undefined).join(' ');
	// Also characters that turn the direction of reading, with which a name can feign another ending.
	return `${name
		.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\\/:*?"<>|]+/gu, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim()
		.slice(0, 120)}.${ending}`;
}
