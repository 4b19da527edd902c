import { DARK, LIGHT, paintRules } from '../../charts/palette.ts';
import type { Column, Table } from '../../report.ts';

const COLOURS_LIGHT = `:root{--paper:#fff;--ground:#f4f6f9;--ink:#182230;--soft:#5a6676;--line:#dde3ea;--stripe:#f8fafc;--accent:#1f4b82;
--good:#0b7a75;--warning:#96610a;--bad:#9f2532;--good-soft:#e3f3f2;--warning-soft:#fdf3dd;--bad-soft:#fbe9ea;--plain-soft:#edf1f6}${paintRules(LIGHT)}`;

const COLOURS_DARK = `:root{--paper:#171d26;--ground:#0f141b;--ink:#e6ebf2;--soft:#9aa7b8;--line:#2c3644;--stripe:#1b222d;--accent:#8fb8f0;
--good:#4fc4bb;--warning:#f0bd55;--bad:#f08b95;--good-soft:#12302f;--warning-soft:#362a10;--bad-soft:#3b1a1f;--plain-soft:#242d3a}${paintRules(DARK)}`;

const SCREEN = `
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 "Segoe UI",system-ui,-apple-system,"Noto Sans","Liberation Sans",Arial,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 2rem}
header{padding-top:2.25rem}
p{margin:0}
.brand{display:flex;align-items:center;gap:.5rem;color:var(--accent);font-weight:600;letter-spacing:.02em}
.brand .kind{color:var(--soft);font-weight:400;border-left:1px solid var(--line);padding-left:.6rem;margin-left:.1rem}
h1{font-size:2rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:.9rem 0 .6rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;line-height:1.3;font-weight:650;margin:0 0 .7rem;overflow-wrap:anywhere}
.lead{font-size:1.05rem;color:var(--soft);max-width:52rem}
.facts{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:1.4rem 0 0;padding:1rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
dt{font-size:.78rem;color:var(--soft)}
dd{margin:0;font-weight:550;overflow-wrap:anywhere}
.figures{list-style:none;margin:1.5rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem}
.figures li{background:var(--paper);border:1px solid var(--line);border-top:3px solid var(--accent);border-radius:8px;padding:.85rem 1rem 1rem;break-inside:avoid}
.figures .good{border-top-color:var(--good)}.figures .warning{border-top-color:var(--warning)}.figures .bad{border-top-color:var(--bad)}
.label{display:flex;justify-content:space-between;gap:.5rem;color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}
.value{font-size:1.85rem;line-height:1.25;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.good .value{color:var(--good)}.warning .value{color:var(--warning)}.bad .value{color:var(--bad)}
.detail{color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
.sign{flex:none;width:1.25rem;height:1.25rem;border-radius:50%;display:grid;place-items:center;font-size:.75rem;font-weight:700}
.good .sign{background:var(--good-soft);color:var(--good)}.warning .sign{background:var(--warning-soft);color:var(--warning)}.bad .sign{background:var(--bad-soft);color:var(--bad)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.notes{margin:1.5rem 0 0;background:var(--warning-soft);border-left:4px solid var(--warning);border-radius:0 8px 8px 0;padding:.9rem 1.2rem}
.notes h2{font-size:.95rem;margin:0 0 .3rem}.notes ul{margin:0;padding-left:1.1rem}.notes li{overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem;margin:1.5rem 0 0;align-items:start}
figure{margin:0;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:1rem 1.2rem;break-inside:avoid}
figcaption{font-weight:650;margin-bottom:.5rem;overflow-wrap:anywhere}
figcaption small{font-weight:400;color:var(--soft);margin-left:.25rem}
figure>svg{display:block;width:100%;max-width:44rem;height:auto;font-size:12px}
.grid{stroke:var(--line)}.tick{fill:var(--soft);font-size:11px}.name{fill:var(--ink)}.total{fill:var(--ink);font-weight:600}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:0 0 .6rem;padding:0;font-size:.83rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:.4rem}
details{margin-top:.6rem;font-size:.85rem}summary{cursor:pointer;color:var(--accent)}
nav{margin:1.5rem 0 0}nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:0;padding:0}
nav a{display:block;padding:.3rem .8rem;border:1px solid var(--line);border-radius:999px;background:var(--paper);font-size:.88rem}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.table{margin:1.5rem 0 0;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:1.1rem 1.2rem}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.4}
.table table{table-layout:fixed;min-width:44rem}
th,td{text-align:left;vertical-align:top;padding:.42rem .6rem .42rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th:not(:first-child),td:not(:first-child){padding-left:.6rem}
thead th{font-size:.8rem;font-weight:600;color:var(--soft);border-bottom:2px solid var(--line);vertical-align:bottom;overflow-wrap:normal}
thead small{font-weight:400}
tbody tr:nth-child(even) td{background:var(--stripe)}
tbody th{font-weight:400}
.number{text-align:right;font-variant-numeric:tabular-nums}
.time{font-variant-numeric:tabular-nums}
td.id{font:.92em/1.45 ui-monospace,"SF Mono","Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace}
col.record{width:5.5rem}
.none{color:var(--soft)}
.word{display:inline-block;border-radius:999px;padding:0 .55rem;font-size:.92em;font-weight:600;background:var(--plain-soft);overflow-wrap:normal}
.word.good{background:var(--good-soft);color:var(--good)}.word.warning{background:var(--warning-soft);color:var(--warning)}.word.bad{background:var(--bad-soft);color:var(--bad)}.word.worst{background:var(--bad);color:var(--paper)}
.evidence{margin:1.5rem 0 0;background:var(--paper);border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:0 8px 8px 0;padding:1rem 1.2rem;break-inside:avoid;font-size:.9rem}
.evidence dl{margin:.7rem 0;display:grid;gap:.5rem}.evidence code{overflow-wrap:anywhere}
.count,.empty{color:var(--soft);font-size:.85rem;margin-top:.7rem}
footer{padding-top:1.5rem;padding-bottom:3rem;color:var(--soft);font-size:.83rem}
code{font:.95em ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:40rem){header,main,footer{padding-left:1rem;padding-right:1rem}h1{font-size:1.55rem}}
`;

/** Paper is white, has edges, and repeats what stands at the head of a table. */
const PRINT = `@media print{
@page wide{size:A4 landscape}
@page{size:A4;margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#5a6676}}
html{color-scheme:light}body{background:#fff;font-size:9.5pt}
header,main,footer{max-width:none;padding:0}header{padding-top:0}
h1{font-size:20pt}.lead{font-size:10.5pt}
.figures{grid-template-columns:repeat(auto-fit,minmax(86pt,1fr));gap:8pt;margin-top:12pt}.figures li{padding:6pt 8pt 8pt}.value{font-size:17pt}
.charts{grid-template-columns:1fr 1fr;gap:8pt;margin-top:12pt}.charts figure:only-child{grid-column:1/-1}
figure>svg{max-width:none;font-size:15px}.tick{font-size:14px}.facts{gap:.4rem 1.6rem}.legend{font-size:8pt}
nav,details{display:none}
.table{border:0;border-radius:0;padding:0;margin-top:16pt}
.table h2{break-after:avoid}.scroll{overflow:visible}.table .scroll table{min-width:0!important;font-size:7.8pt}
thead{display:table-header-group}tr{break-inside:avoid}
.notes,.figures li,figure,.word,.sign,tbody tr:nth-child(even) td{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;

/** The style sheet of a page, with the widths of its tables' columns: the page may hold no other style. */
export function styleOf(tables: readonly Table[]): string {
  const widths = tables.flatMap(({ columns }, index) => widthRules(columns, index));
  return `${COLOURS_LIGHT}@media screen and (prefers-color-scheme:dark){${COLOURS_DARK}}${SCREEN}${widths.join('')}${PRINT}`;
}

/** Columns share what is left by their widths; times and numbers need less than text does. */
function widthRules(columns: readonly Column[], table: number): string[] {
  const shares = columns.map(({ width, type }) => width ?? (type === 'number' ? 0.6 : 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const least = `#t${table} table{min-width:${Math.round(Math.max(44, total * 6.5))}rem}`;
  // What does not fit an upright sheet lies sideways on sheets of its own.
  const sideways = columns.length > UPRIGHT_COLUMNS ? `@media print{#t${table}{page:wide}}` : '';
  const rules = shares.map((share, index) => {
    const percent = Math.round((share / total) * 1000) / 10;
    return `#t${table} col:nth-child(${index + 1}){width:${percent}%}`;
  });
  return [least, ...rules, sideways];
}

const UPRIGHT_COLUMNS = 8;
