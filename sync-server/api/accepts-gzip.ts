/** Whether the client takes an answer in gzip (RFC 9110, section 12.5.3). */
export function acceptsGzip(header: string | null): boolean {
	const asked = new Map(
		(header ?? '').split(',').map((part) => {
			const [coding = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
			const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
			return [coding, weight === undefined ? 1 : Number(weight)] as const;
		})
	);
	return (asked.get('gzip') ?? asked.get('*') ?? 0) > 0;
}
