import type { Series, Tone } from '../report.ts';

/** Colours by tone, each in three shades for several series of one tone. */
export type Palette = Readonly<Record<Tone, readonly [string, string, string]>>;

/**
 * Told apart without red and green: bad is dark, warning is light, good is a blue-green, plain is blue; their lightness differs,
 * so that they also differ in grey.
 */
export const LIGHT: Palette = {
  plain: ['#2f5d9b', '#7da2d6', '#bcd0ec'],
  good: ['#0b7a75', '#5db5ae', '#aedbd7'],
  warning: ['#d89614', '#edbf63', '#f6e0b1'],
  bad: ['#9f2532', '#cf6f78', '#e9b6ba'],
};

export const DARK: Palette = {
  plain: ['#82b0f2', '#4f7ec2', '#31558c'],
  good: ['#4fc4bb', '#2b8f88', '#1d625d'],
  warning: ['#f0bd55', '#b98a25', '#7c5d1a'],
  bad: ['#f08b95', '#c2525e', '#83343e'],
};

const TONES = ['plain', 'good', 'warning', 'bad'] as const satisfies readonly Tone[];

/** The class that paints a series: its tone, and the how-manieth of that tone it is. */
export function paintOf(series: readonly Series[], at: number): string {
  const tone = series[at]?.tone ?? 'plain';
  const shade = series.slice(0, at).filter((other) => other.tone === tone).length;
  return `${tone}-${shade % 3}`;
}

/** What lines are told apart by besides their colour: the dashes of the first, second, third and fourth. */
export const DASHES = ['none', '7 3', '2 3', '9 3 2 3'] as const;

/** The rules of a style sheet that paint areas (`area-bad-0`) and lines (`line-bad-0`). */
export function paintRules(palette: Palette): string {
  return TONES.flatMap((tone) =>
    palette[tone].map(
      (colour, shade) =>
        `.area-${tone}-${shade}{fill:${colour}}.line-${tone}-${shade}{stroke:${colour};fill:none}`,
    ),
  ).join('');
}

/** The colour itself, for what is not drawn by a style sheet. */
export function colourOf(palette: Palette, series: readonly Series[], at: number): string {
  const [tone = 'plain', shade = '0'] = paintOf(series, at).split('-');
  const known = TONES.find((word) => word === tone) ?? 'plain';
  return palette[known][Number(shade)] ?? palette.plain[0];
}
