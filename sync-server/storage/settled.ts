/** What LevelDB calls back about, as a promise. */
export function settled(operation: (callback: (error?: Error | null) => void) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		operation((error) => (error ? reject(error) : resolve()));
	});
}
