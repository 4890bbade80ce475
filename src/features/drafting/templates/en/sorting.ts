import type { Template } from '../template.ts';

export const sorting: Template = {
	title: 'Convention on sorting waste',
	preamble:
		'Well sorted waste means fewer smells and flies in the courtyard, and nobody has to sort it a second time. Following Beijing’s regulation on household waste, and life as it is here, our households agree on the following, remind each other, and keep to it together.',
	clauses: [
		{
			heading: 'Four kinds, kept apart',
			text: 'Every household sorts at home into four kinds: food waste, recyclables, hazardous waste and other waste, and puts them into the green, blue, red and grey bins. When in doubt it is other waste, or the grid worker is asked.'
		},
		{
			heading: 'Food waste drained and without its bag',
			text: 'Leftovers and peelings are drained first. At the bin the bag is opened: the food goes into the green bin, the bag into the grey one. Large bones and shells do not go into the green bin.'
		},
		{
			heading: 'Recyclables clean and flat',
			text: 'Boxes are taken apart and pressed flat, bottles and cans emptied and rinsed, old clothes bagged; they go into the blue bin or to the collector. In rain no cardboard is left in the yard.'
		},
		{
			heading: 'Hazardous waste apart',
			text: 'Rechargeable batteries, lamps, old medicine and paint tins are handled with care and go into the red bin; lamps wrapped in paper, medicine in its packing.'
		},
		{
			heading: 'At the bins, not on the ground',
			text: 'Waste goes to the agreed bins, not outside a door, into a passage or before a neighbour’s. When a bin is full nothing is piled beside it; the grid worker is told.'
		},
		{
			heading: 'Bulky things and rubble',
			text: 'Old furniture, appliances and building rubble do not go into the four bins. A time and place is arranged with the community office first, and they are gone the same day.'
		},
		{
			heading: 'Taking turns at the bins',
			text: 'Households look after the bins in turn, a week each: lids closed, ground clean. Whoever has someone old or ill to care for says so, and turns are swapped.'
		},
		{
			heading: 'A kind word',
			text: 'Whoever sees a mistake says so kindly and in person, not by name in the group chat. If it stays difficult after two reminders, the courtyard council looks for a way together.'
		}
	]
};
