/** What a screen shows that follows `read`: as of its last run, not as of now. Within an effect. */
export function following<Value>(read: () => Value): () => Value {
	let shown = read();
	$effect(() => {
		shown = read();
	});
	return () => shown;
}
