import type { Template } from '../template.ts';

export const dogs: Template = {
	title: 'Convention on keeping dogs',
	preamble:
		'Keeping a dog is a joy; so is peace and quiet without one. Following Beijing’s rules on keeping dogs, and life as it is here, our households agree on the following, so that everyone lives at ease.',
	clauses: [
		{
			heading: 'Registered and vaccinated',
			text: 'Every dog is registered, checked each year and vaccinated against rabies in time. The papers are kept, and shown when the community office asks.'
		},
		{
			heading: 'On a leash',
			text: 'Outside the home a dog is on a leash held by an adult. In passages and gateways the leash is kept short and the dog close. Children do not walk dogs alone.'
		},
		{
			heading: 'Way for the old and the young',
			text: 'For old people, pregnant women, children and people who walk with difficulty one stops and makes way. If someone is afraid of dogs, one keeps further off.'
		},
		{
			heading: 'Cleaning up',
			text: 'Whoever walks a dog takes paper and a bag, cleans up at once in courtyard and hutong, and puts the bag into the bin for other waste. Soiled walls and doorways are washed with water.'
		},
		{
			heading: 'Not disturbing neighbours',
			text: 'Between ten at night and six in the morning no dog barks for long. Whoever has a dog that barks trains it, and has someone look after it when away instead of leaving it tied up in the yard.'
		},
		{
			heading: 'Not in common rooms',
			text: 'Dogs do not enter the activity room, the council room or the public toilet; guide dogs and other working dogs may.'
		},
		{
			heading: 'When someone is hurt or something damaged',
			text: 'If a dog bites or scratches someone, its owner goes to the hospital with them at once for treatment and vaccination, bears the cost and tells the community office. Damage is paid for.'
		},
		{
			heading: 'Feeding strays',
			text: 'Whoever feeds stray cats or dogs does not do so in passages or before doors, and takes bowl and leftovers away. For lasting care, neutering and adoption are arranged with the community office.'
		}
	]
};
