using System.Security.Cryptography;
using System.Text;

namespace Baton.Evidence.Sheets.Html;

/// <summary>What surrounds the facts of the page: nothing in it comes from a file, and nothing of it from a network.</summary>
internal static class HtmlPage
{
    // What is made a button is a span: browsers leave real buttons out of the header that they repeat on the next printed page.
    /// <summary>Only makes a long table easier to search and sort on a screen. Without it, all is there.</summary>
    private const string Script =
        """
        (() => {
          const bar = document.getElementById('tools');
          const rows = [...document.querySelectorAll('tbody tr')];
          bar.hidden = false;
          const box = bar.querySelector('input'), told = bar.querySelector('output');
          const texts = new Map();
          box.addEventListener('input', () => {
            const wanted = box.value.toLowerCase();
            let shown = 0;
            for (const row of rows) {
              if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
              row.hidden = wanted !== '' && !texts.get(row).includes(wanted);
              if (!row.hidden) shown++;
            }
            told.textContent = wanted === '' ? '' : shown + ' of ' + rows.length + ' rows';
          });
          for (const head of document.querySelectorAll('table.list thead tr:last-child th')) {
            const button = document.createElement('span');
            button.setAttribute('role', 'button');
            button.tabIndex = 0;
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener('keydown', event => {
              if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); button.click(); }
            });
            button.addEventListener('click', () => {
              const up = head.getAttribute('aria-sort') !== 'ascending';
              const body = head.closest('table').tBodies[0], at = head.cellIndex;
              for (const other of head.parentNode.children) other.removeAttribute('aria-sort');
              head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
              const key = row => row.cells[at].textContent;
              const order = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }));
              body.append(...(up ? order : order.reverse()));
            });
          }
        })();
        """;

    // Colours hold 4.5:1 and more against what is behind them; what they say is also said in words. Texts break anywhere and are never
    // hyphenated: a line that cannot break is cut at the edge, and a hyphen that is not in an id makes it another one. Spaces are kept, since
    // two of them may be all that tells two names apart. Names that are written from right to left keep to themselves.
    private const string Style =
        """
        @page { size: A4 landscape; margin: 11mm 10mm 13mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7pt sans-serif; color: #444 } }
        :root { color-scheme: light; --paper: #fff; --ink: #1a1a1a; --soft: #444; --line: #8a8a8a; --head: #eef2f8; --link: #0b4ea2; --bad: #8f0000; --high: #fde8e8; --medium: #fff6e0; --warn: #b35900 }
        @media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #16181d; --ink: #e8e8e8; --soft: #b8bcc4; --line: #5c6270; --head: #262b36; --link: #8ab8ff; --bad: #ff9a9a; --high: #3c1d20; --medium: #382e15; --warn: #e0913f } }
        * { box-sizing: border-box }
        body { margin: 0 auto; max-width: 100rem; padding: 1rem; font: 10pt/1.35 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; hyphens: none }
        h1 { font-size: 1.6em; margin: 0 0 .3em } h2 { font-size: 1.25em; margin: 1.4em 0 .4em } h3 { font-size: 1.05em; margin: 1.2em 0 .3em }
        a { color: var(--link) } :focus-visible { outline: 3px solid var(--link); outline-offset: 1px }
        .skip { position: absolute; left: -999rem } .skip:focus { left: 1rem; background: var(--paper); padding: .3rem }
        table { width: calc(100% - 1px); border-collapse: collapse; table-layout: fixed; margin: .3rem 0 1rem }
        th, td { border: 1px solid var(--line); padding: .2em .35em; text-align: left; vertical-align: top; white-space: pre-wrap; -webkit-box-decoration-break: clone; box-decoration-break: clone }
        thead th { background: var(--head); font-size: .9em } thead { display: table-header-group } tr { break-inside: avoid }
        tbody th { font-weight: 600 } caption { text-align: left; font-weight: 600; padding: .2em 0 }
        td.n { text-align: right } small { font-size: .88em; color: var(--soft); font-weight: 400; unicode-bidi: isolate } .k { white-space: nowrap }
        .facts th { width: 38%; font-weight: 400; color: var(--soft) } .two { display: grid; grid-template-columns: 3fr 2fr; gap: 0 1.5rem; align-items: start } .two > * { min-width: 0 } .warn { border-left: 5px solid var(--warn); padding: .4em .8em; background: var(--medium) }
        .high { background: var(--high) } .high .sev, .bad { color: var(--bad); font-weight: 700 } .medium { background: var(--medium) }
        .sign td { height: 3.2em } .by-hand::before { content: "New role:\A Reason:\A By, on:"; white-space: pre; font-size: .88em; color: var(--soft) } .group th { background: var(--paper); border-width: 0 0 1px; font-size: 1em; padding-top: .5em }
        [role=button] { cursor: pointer; text-decoration: underline dotted }
        th[aria-sort=ascending]::after { content: " \25B2" } th[aria-sort=descending]::after { content: " \25BC" }
        #tools input { font: inherit; padding: .3em; width: min(30rem, 60%) }
        @media screen and (max-width: 50rem) { .two { display: block } .list { min-width: 60rem } main { overflow-x: auto } }
        @media screen { .list { content-visibility: auto; contain-intrinsic-size: auto 600px } }
        @media print { body { max-width: none; padding: 0; font-size: 8pt } #tools, .skip, nav { display: none } h2, h3 { break-after: avoid } .sign, .unsplit { break-inside: avoid }
          * { print-color-adjust: exact } a { color: inherit; text-decoration: none } [role=button] { text-decoration: none } [hidden] { display: revert !important } #tools[hidden] { display: none !important } }
        """;

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    /// <summary>A page with a box to search in, and rows that can be sorted.</summary>
    /// <param name="footer">Below every printed page. Never anything from a file.</param>
    public static void BeginWithTools(HtmlText html, string title, string footer) => Begin(html, title, footer, $"script-src 'sha256-{ScriptHash}'; ");

    /// <summary>A page without any script.</summary>
    public static void Begin(HtmlText html, string title, string footer) => Begin(html, title, footer, scripts: "");

    public static void Tools(HtmlText html) => html.Raw(
        "<p id=\"tools\" hidden><label>Search the rows: <input type=\"search\"></label> <output aria-live=\"polite\"></output></p>\n");

    public static void EndWithTools(HtmlText html)
    {
        html.Raw("<script>").Raw(Script).Raw("</script>\n");
        End(html);
    }

    public static void End(HtmlText html) => html.Raw("</body></html>\n");

    private static void Begin(HtmlText html, string title, string footer, string scripts)
    {
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        html.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            + $"{scripts}base-uri 'none'; form-action 'none'\">\n");
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\">\n<title>");
        html.Text(title).Raw("</title>\n<style>\n").Raw(Style);
        html.Raw($"\n@page {{ @bottom-left {{ content: \"{footer}\"; font: 7pt sans-serif; color: #444 }} }}\n</style></head>\n");
        html.Raw("<body><a class=\"skip\" href=\"#rows\">Skip to the rows</a>\n");
    }
}
