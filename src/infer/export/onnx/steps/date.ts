/** Dates: time that passes in double precision, and the hands of a clock looked up, so that sines have our own digits. */
import { dateInputs, writeDate } from '../../../../data/steps/date.js';
import { largestInput } from '../../../../data/steps/number.js';
import type { FittedDate } from '../../../../spec/fitted-steps.js';
import type { OnnxGraph, Value } from '../graph.js';
import { concatenated, numberInput, type OnnxStep, withinBounds } from '../step.js';
import { doubles, floats, integers } from '../tensor.js';

const millisecondsPerDay = 86_400_000;
const millisecondsPerHour = 3_600_000;

export const date: OnnxStep<'date'> = (steps, graph) => steps.map((step) => dateNodes(step, graph));

function dateNodes(step: FittedDate, graph: OnnxGraph): Value {
  const { column, linear, parts, indicator } = step;
  const given = numberInput(graph, column);
  const calculator = new Calculator(graph);
  const missing = graph.node('IsNaN', [given]);
  const present = graph.node('Where', [missing, calculator.number(linear?.centre ?? 0), given]);
  const inputs: Value[] = [];
  if (linear) {
    const passed = calculator.over(calculator.minus(present, calculator.number(linear.centre)), calculator.number(linear.scale));
    inputs.push(graph.cast(withinBounds(graph, passed, largestInput), 'float'));
  }
  if (parts.length > 0) {
    const calendar = calendarNodes(calculator, present);
    const known = graph.cast(graph.node('Not', [missing]), 'float');
    for (const part of parts) inputs.push(graph.node('Mul', [handsOf(graph, part, calendar[part]), known]));
  }
  if (indicator) inputs.push(graph.cast(missing, 'float'));
  return concatenated(graph, inputs);
}

/** Whole numbers in double precision, as `calendarParts` computes. */
class Calculator {
  constructor(readonly graph: OnnxGraph) {}
  number = (value: number): Value => this.graph.constant('number', doubles([value], []));
  plus = (a: Value, b: Value): Value => this.graph.node('Add', [a, b]);
  minus = (a: Value, b: Value): Value => this.graph.node('Sub', [a, b]);
  times = (a: Value, factor: number): Value => this.graph.node('Mul', [a, this.number(factor)]);
  over = (a: Value, b: Value): Value => this.graph.node('Div', [a, b]);
  /** floor(a / divisor) */
  floor = (a: Value, divisor: number): Value => this.graph.node('Floor', [this.over(a, this.number(divisor))]);
  remainder = (a: Value, divisor: number): Value => this.minus(a, this.times(this.floor(a, divisor), divisor));
}

type Part = FittedDate['parts'][number];

/** Places on the dial, from 0. After Howard Hinnant, as `calendarParts`: years begin in March, so that leap days come last. */
function calendarNodes(calculator: Calculator, time: Value): Record<Part, Value> {
  const { number, plus, minus, times, floor, remainder } = calculator;
  const days = floor(time, millisecondsPerDay);
  const hour = floor(minus(time, times(days, millisecondsPerDay)), millisecondsPerHour);
  const weekday = remainder(plus(days, number(3)), 7);
  const dayOfEra = remainder(plus(days, number(719_468)), 146_097);
  const leapless = minus(plus(minus(dayOfEra, floor(dayOfEra, 1460)), floor(dayOfEra, 36_524)), floor(dayOfEra, 146_096));
  const yearOfEra = floor(leapless, 365);
  const daysBefore = minus(plus(times(yearOfEra, 365), floor(yearOfEra, 4)), floor(yearOfEra, 100));
  const dayOfYear = minus(dayOfEra, daysBefore);
  const monthFromMarch = floor(plus(times(dayOfYear, 5), number(2)), 153);
  const month = remainder(plus(monthFromMarch, number(2)), 12);
  const day = minus(dayOfYear, floor(plus(times(monthFromMarch, 153), number(2)), 5));
  return { month, day, weekday, hour };
}

/** A time whose part stands at each place of its dial: what the step itself makes of it is what is looked up. */
const sampleTimes: Readonly<Record<Part, { places: number; at(place: number): number }>> = {
  month: { places: 12, at: (place) => Date.UTC(2001, place, 15) },
  day: { places: 31, at: (place) => Date.UTC(2001, 0, place + 1) },
  weekday: { places: 7, at: (place) => Date.UTC(2001, 0, 1 + place) },
  hour: { places: 24, at: (place) => Date.UTC(2001, 0, 1, place) },
};

/** [N, 2]: sine and cosine. */
function handsOf(graph: OnnxGraph, part: Part, place: Value): Value {
  const { places, at } = sampleTimes[part];
  const only: FittedDate = { kind: 'date', column: '', type: 'datetime', parts: [part], indicator: false };
  const table = new Float32Array(places * dateInputs(only));
  for (let index = 0; index < places; index++) writeDate(only, at(index), table, index * 2);
  const index = graph.node('Reshape', [graph.cast(place, 'int64'), graph.constant('flat', integers([-1]))]);
  return graph.node('Gather', [graph.constant('hands', floats(table, [places, 2])), index], [['axis', { int: 0 }]]);
}
