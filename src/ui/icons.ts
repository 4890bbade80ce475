/** Outlines on a 24 × 24 grid, drawn with a 2 px stroke. They only ever stand beside words. */
export const icons = {
	add: 'M12 5v14M5 12h14',
	alert: 'M12 4 2.5 20h19zM12 10v4M12 17.2v.3',
	back: 'M15 5l-7 7 7 7',
	calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
	camera: 'M4 8h4l1.5-3h5L16 8h4v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7',
	chart: 'M4 20h16M6 20v-7M11 20V8M16 20V4',
	check: 'M4.5 12.5l5 5 10-11',
	close: 'M6 6l12 12M18 6L6 18',
	clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 1.8',
	courtyard: 'M3 11l9-6 9 6M5 10v10h14V10M9 20v-6h6v6',
	forward: 'M9 5l7 7-7 7',
	list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
	offline: 'M4 4l16 16M8 8.5A5 5 0 0 0 7 18h10M11 7a6 6 0 0 1 7.5 5 3.5 3.5 0 0 1 2 4.5',
	paper: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7',
	people:
		'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20a6.5 6.5 0 0 1 13 0M16 5.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5',
	phone: 'M7 3h10v18H7zM11 18h2',
	exchange: 'M7 20V5M3.5 8.5L7 5l3.5 3.5M17 4v15M13.5 15.5L17 19l3.5-3.5',
	search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5l5 5',
	speaker: 'M4 9.5v5h3.5L13 19V5L7.5 9.5zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
	speech: 'M4 5h16v11h-9l-5 4v-4H4zM8 9.5h8M8 12.5h5',
	settings: 'M4 7h9M17 7h3M15 4.5v5M4 17h3M11 17h9M9 14.5v5',
	today:
		'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4'
} as const;

export type IconName = keyof typeof icons;
