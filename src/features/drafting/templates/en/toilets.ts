import type { Template } from '../template.ts';

export const toilets: Template = {
	title: 'Convention on the shared toilet',
	preamble:
		'Everyone uses the toilet of the courtyard and the hutong every day. One step more and one flush more make it better for the next person. Our households agree on the following.',
	clauses: [
		{
			heading: 'Flush',
			text: 'Everyone flushes and looks whether it is clean. Whoever soils seat or floor wipes and rinses it.'
		},
		{
			heading: 'Paper and such into the basket',
			text: 'Thick paper, wet wipes and sanitary things go into the basket, not into the bowl. Scraps, leftovers, cat litter and hair are not tipped into the toilet: they block it.'
		},
		{
			heading: 'Chamber pots and spittoons',
			text: 'They are emptied slowly and flushed after, and rinsed at the tap outside, not in the hand basin.'
		},
		{
			heading: 'Letting others go first',
			text: 'In a queue old people, children, pregnant women and whoever is in need go first. The places with a seat or a rail are for those who need them.'
		},
		{
			heading: 'No smoking, no lingering',
			text: 'Nobody smokes inside or throws ends into the bowl. Nobody sits on with a phone while others wait.'
		},
		{
			heading: 'Saving water and light, keeping the way free',
			text: 'Taps are closed after use and the light is off by day. No private things inside or outside, no parking, no blocked door.'
		},
		{
			heading: 'Reporting what is broken',
			text: 'Whoever first sees a broken light, lock, flush or rail, or a frozen tap in winter, tells the cleaner or the grid worker and leaves a note on the door for the next person.'
		}
	]
};
