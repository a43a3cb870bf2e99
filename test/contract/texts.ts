/** Letters to a shop, made with a seed: of each kind in words of its own, in words that all share, in various length, spelling and with slips. */
import { Random } from '../../src/base/random.js';

const openings = ['Hello,', 'Dear team,', 'Good morning!', 'hi there', 'To whom it may concern:', 'Hey,'];
const closings = ['Thank you.', 'Kind regards, Ada', 'cheers', 'Please answer soon!', 'Best, J. Müller', ''];
const shared = [
  'I ordered it last week',
  'my number is 4711',
  'I tried it twice',
  'as your page says',
  'and nobody has answered yet',
  'we have been customers for years',
  'I am writing about what I bought',
];
const own: Readonly<Record<string, readonly string[]>> = {
  delivery: [
    'the parcel has not arrived',
    'where is my package',
    'the courier left it outside',
    'tracking shows no movement',
    'it was shipped to the old address',
    'the box came late',
  ],
  invoice: [
    'I was charged twice',
    'the invoice has the wrong amount',
    'please refund the payment',
    'my card was debited again',
    'the bill lacks our tax number',
    'the receipt does not match the price',
  ],
  fault: [
    'it does not switch on',
    'the screen is cracked',
    'the battery dies within minutes',
    'it makes a strange noise',
    'the charger gets hot',
    'it crashes at every start',
  ],
};

export interface Letter {
  kind: string;
  text: string;
  /** Says nothing of the kind. */
  pages: number;
}

/** So many of each kind, in turn. Now and then a letter also says something of another kind. */
export function letters(each: number, seed: number): Letter[] {
  const random = new Random(seed, 'letters');
  const one = <Item>(from: readonly Item[]): Item => from[Math.floor(random.uniform() * from.length)];
  const kinds = Object.keys(own);
  return Array.from({ length: each * kinds.length }, (_, index) => {
    const kind = kinds[index % kinds.length];
    const said = [one(own[kind]), one(own[random.uniform() < 0.8 ? kind : one(kinds)]), one(shared), one(shared)];
    const text = `${one(openings)}\n\n${random.shuffle(said).join(', ')}. ${one(closings)}`;
    return { kind, text: random.uniform() < 0.2 ? text.toUpperCase() : text, pages: Math.floor(random.uniform() * 9) };
  });
}
