/** What a browser tells of itself (User-Agent Client Hints, WICG draft, and the older User-Agent). */
export interface BrowserTold {
	readonly userAgent: string;
	/** Absent in browsers other than Chromium's. */
	readonly userAgentData?: {
		readonly platform: string;
		readonly mobile: boolean;
		readonly brands: readonly { readonly brand: string }[];
	};
}

/** In the order asked: several call themselves Chrome and Safari as well. */
const browsers = [
	['MicroMessenger', '微信'],
	['HuaweiBrowser', '华为浏览器'],
	['MiuiBrowser', '小米浏览器'],
	['Edg', 'Edge'],
	['Microsoft Edge', 'Edge'],
	['Firefox', 'Firefox'],
	['Google Chrome', 'Chrome'],
	['Chrome', 'Chrome'],
	['Chromium', 'Chromium'],
	['Safari', 'Safari']
] as const;

/** A device as its user would call it, for the list an office sees: 安卓手机 Chrome. Never longer than 80 characters. */
export function deviceLabel({ userAgent, userAgentData }: BrowserTold): string {
	const brands = userAgentData?.brands.map(({ brand }) => brand) ?? [];
	const told = `${brands.join(' ')} ${userAgent}`;
	const browser = browsers.find(([word]) => told.includes(word))?.[1];
	const device = deviceOf(userAgentData?.platform ?? '', userAgent, userAgentData?.mobile);
	return browser === undefined ? device : `${device} ${browser}`;
}

function deviceOf(platform: string, userAgent: string, mobile = userAgent.includes('Mobile')): string {
	const told = `${platform} ${userAgent}`;
	if (told.includes('iPad')) return 'iPad';
	if (told.includes('iPhone')) return '苹果手机';
	if (/HarmonyOS|OpenHarmony/.test(told)) return mobile ? '鸿蒙手机' : '鸿蒙平板';
	if (told.includes('Android')) return mobile ? '安卓手机' : '安卓平板';
	if (told.includes('Windows')) return 'Windows 电脑';
	if (/macOS|Macintosh/.test(told)) return '苹果电脑';
	return /Linux|CrOS|Chrome OS/.test(told) ? 'Linux 电脑' : '其他设备';
}
