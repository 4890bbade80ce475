import { expect, test } from 'vitest';
import { deviceLabel } from '#app/device-label.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
	['安卓手机 Chrome', `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/140.0.0.0 Mobile Safari/537.36`],
	['安卓平板 Chrome', `Mozilla/5.0 (Linux; Android 14; SM-X200) ${webkit} Chrome/140.0.0.0 Safari/537.36`],
	[
		'安卓手机 微信',
		`Mozilla/5.0 (Linux; Android 13) ${webkit} Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0`
	],
	[
		'鸿蒙手机 华为浏览器',
		`Mozilla/5.0 (Phone; OpenHarmony 5.0) ${webkit} Chrome/114 HuaweiBrowser/5.0 Mobile`
	],
	[
		'苹果手机 Safari',
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1'
	],
	[
		'Windows 电脑 Edge',
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140 Safari/537.36 Edg/140`
	],
	[
		'苹果电脑 Firefox',
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0'
	],
	['其他设备', 'curl/8']
])('%s', (label, userAgent) => {
	expect(deviceLabel({ userAgent })).toBe(label);
});

test('what the browser says of itself by Client Hints counts, too', () => {
	const userAgentData = {
		platform: 'Android',
		mobile: true,
		brands: [{ brand: 'Not;A=Brand' }, { brand: 'Google Chrome' }, { brand: 'Chromium' }]
	};
	expect(deviceLabel({ userAgent: '', userAgentData })).toBe('安卓手机 Chrome');
});
