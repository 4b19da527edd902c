/**
 * The pages, in Typst. All texts come in as data (`sys.inputs`), where nothing is markup; this text is the only program.
 * Fonts are the ones inside the compiler; others of the machine help out for scripts that these do not have.
 */
export const TEMPLATE = `
#let report = json(bytes(sys.inputs.report))
#let ink = rgb("#182230")
#let soft = rgb("#5a6676")
#let rule = rgb("#dde3ea")
#let accent = rgb("#1f4b82")
#let tones = (plain: accent, good: rgb("#0b7a75"), warning: rgb("#96610a"), bad: rgb("#9f2532"))

#set document(title: report.title, author: "Portcullis", date: auto)
#set text(lang: "en", font: ("Libertinus Serif", "New Computer Modern"), size: 10pt, fill: ink)
#set par(justify: false, leading: 0.6em)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 22mm, bottom: 20mm),
  header: context if counter(page).get().first() > 1 {
    set text(size: 8.5pt, fill: soft)
    report.running
    h(1fr)
    [Portcullis]
    v(-0.6em)
    line(length: 100%, stroke: 0.5pt + rule)
  },
  footer: context {
    set text(size: 8.5pt, fill: soft)
    [Made #report.facts.first().last()]
    h(1fr)
    [Page #counter(page).display("1 of 1", both: true)]
  },
)
#show heading: set text(fill: ink)
#show heading.where(level: 1): set text(size: 22pt)
#show heading.where(level: 2): set text(size: 13.5pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em, sticky: true)

#text(fill: accent, weight: "bold", size: 10.5pt)[Portcullis] #h(4pt) #text(fill: soft)[#report.kind]
#v(2pt)
#heading(level: 1, report.title)
#v(4pt)
#block(width: 88%, text(size: 11pt, fill: soft, report.summary))
#v(6pt)
#line(length: 100%, stroke: 0.5pt + rule)
#grid(
  columns: (auto, 1fr),
  column-gutter: 14pt,
  row-gutter: 7pt,
  ..report.facts.map(((name, value)) => (text(fill: soft, name), text(weight: "semibold", value))).flatten()
)
#line(length: 100%, stroke: 0.5pt + rule)

#if report.figures.len() > 0 {
  v(4pt)
  grid(
    columns: (1fr,) * if report.figures.len() <= 5 { report.figures.len() } else { 4 },
    gutter: 9pt,
    ..report.figures.map(figure => grid.cell(
      inset: (x: 9pt, top: 8pt, bottom: 10pt),
      stroke: (top: 2pt + tones.at(figure.tone), rest: 0.5pt + rule),
      breakable: false,
      {
        text(size: 9pt, fill: soft, figure.label)
        linebreak()
        text(size: 19pt, weight: "bold", fill: if figure.tone == "plain" { ink } else { tones.at(figure.tone) }, figure.value)
        if figure.detail != "" {
          linebreak()
          text(size: 8.5pt, fill: soft, figure.detail)
        }
      },
    ))
  )
}

#if report.notes.len() > 0 {
  block(width: 100%, above: 1.2em, inset: (left: 10pt, right: 9pt, y: 9pt), fill: rgb("#fdf3dd"), stroke: (left: 3pt + tones.warning), {
    text(weight: "bold", size: 10.5pt)[What to know when reading this]
    list(..report.notes)
  })
}

#if report.charts.len() > 0 {
  v(6pt)
  grid(
    columns: (1fr,) * calc.min(2, report.charts.len()),
    gutter: 12pt,
    ..report.charts.map(chart => block(width: 100%, breakable: false, inset: 9pt, stroke: 0.5pt + rule, {
      text(weight: "bold", chart.title)
      h(5pt)
      text(size: 8.5pt, fill: soft, chart.unit)
      if chart.legend.len() > 1 {
        v(-4pt)
        for one in chart.legend {
          box(width: 7pt, height: 7pt, fill: rgb(one.colour))
          h(3pt)
          text(size: 8pt, fill: soft, one.label)
          h(9pt)
        }
      }
      v(-2pt)
      image(bytes(chart.picture), format: "svg", width: 100%, alt: chart.alternative)
    }))
  )
}

#let sheet(part) = {
  heading(level: 2, part.title)
  block(sticky: part.rows.len() > 0, below: 0.7em, text(size: 8.5pt, fill: soft, part.said))
  if part.rows.len() > 0 {
    set text(size: 8pt, hyphenate: false)
    set par(leading: 0.5em)
    set table.cell(breakable: false)
    table(
      columns: part.columns.map(column => column.width * 1fr),
      align: part.columns.map(column => if column.type == "number" { right } else { left }),
      inset: (x: 4pt, y: 4pt),
      stroke: (x, y) => (bottom: if y == 0 { 1pt + soft } else { 0.4pt + rule }),
      fill: (x, y) => if y > 0 and calc.even(y) { rgb("#f8fafc") },
      table.header(..part.columns.map(column => text(weight: "bold", fill: soft, column.title))),
      ..part.rows.flatten().enumerate().map(((at, cell)) => {
        let column = part.columns.at(calc.rem(at, part.columns.len()))
        if column.type == "id" { text(font: ("DejaVu Sans Mono", "Libertinus Serif"), size: 6.4pt, cell) } else { cell }
      })
    )
  }
}

#for part in report.tables {
  if part.wide {
    page(flipped: true, sheet(part))
  } else {
    sheet(part)
  }
}

#block(width: 100%, above: 2em, inset: (left: 10pt, right: 9pt, y: 9pt), stroke: (left: 3pt + accent, rest: 0.5pt + rule), breakable: false, {
  heading(level: 2, report.evidence.title)
  text(size: 9pt, report.evidence.said)
  if report.evidence.facts.len() > 0 {
    v(2pt)
    grid(
      columns: (auto, 1fr),
      column-gutter: 10pt,
      row-gutter: 6pt,
      ..report.evidence.facts.map(((name, value)) => (
        text(size: 9pt, fill: soft, name),
        text(font: ("DejaVu Sans Mono", "Libertinus Serif"), size: 8pt, value),
      )).flatten()
    )
  }
})
`;
