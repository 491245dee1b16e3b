using System.Globalization;
using System.Net;
using System.Text;

namespace Registry.Bench.Soak;

/// <summary>Draws what was watched as one SVG, a panel each, with the slope that was judged.</summary>
internal static class Plot
{
    private const int Width = 760;
    private const int PanelHeight = 120;
    private const int Left = 90;
    private const int Right = 20;
    private const int Gap = 44;

    /// <summary>The picture.</summary>
    public static string Of(string title, IReadOnlyList<Watched> watched)
    {
        var svg = new StringBuilder();
        var height = 40 + (watched.Count * (PanelHeight + Gap));
        Line(
            svg,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"12\">"
        );
        Line(svg, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>");
        Line(svg, $"<text x=\"{Left}\" y=\"20\" font-size=\"14\">{WebUtility.HtmlEncode(title)}</text>");
        for (var panel = 0; panel < watched.Count; panel++)
        {
            Panel(svg, watched[panel], 40 + (panel * (PanelHeight + Gap)));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, Watched watched, int top)
    {
        var samples = watched.Samples;
        var (last, most) = (samples[^1].Second, Math.Max(1e-9, samples.Max(sample => sample.Value) * 1.1));
        var judged = Slope.Judged(samples);
        Line(
            svg,
            $"<text x=\"{Left}\" y=\"{top + 12}\">{watched.Name}, {watched.Unit}: growth {watched.Growth:0.##}, bound {watched.Bound:0.##}</text>"
        );
        var (upper, lower) = (top + 20, top + PanelHeight);
        Line(
            svg,
            $"<rect x=\"{Left}\" y=\"{upper}\" width=\"{Width - Left - Right}\" height=\"{lower - upper}\" fill=\"none\" stroke=\"#bbb\"/>"
        );
        Line(
            svg,
            $"<rect x=\"{Left}\" y=\"{upper}\" width=\"{X(judged[0].Second) - Left:0.#}\" height=\"{lower - upper}\" fill=\"#f2f2f2\"/>"
        );
        Line(svg, $"<text x=\"{Left - 6}\" y=\"{upper + 10}\" text-anchor=\"end\">{most:0.##}</text>");
        Line(svg, $"<text x=\"{Left - 6}\" y=\"{lower}\" text-anchor=\"end\">0</text>");
        Line(svg, $"<text x=\"{Width - Right}\" y=\"{lower + 14}\" text-anchor=\"end\">{last / 60:0.#} min</text>");
        var points = string.Join(' ', samples.Select(sample => Text($"{X(sample.Second):0.#},{Y(sample.Value):0.#}")));
        Line(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"1.2\"/>");

        // The judged line goes through the middle of the judged samples.
        var (middle, half) = (Slope.MiddleOf(samples), watched.Growth / 2);
        Line(
            svg,
            $"<line x1=\"{X(judged[0].Second):0.#}\" y1=\"{Y(middle - half):0.#}\" x2=\"{X(last):0.#}\" y2=\"{Y(middle + half):0.#}\" stroke=\"{(watched.Climbs ? "#c00" : "#2a2")}\" stroke-dasharray=\"4 3\"/>"
        );

        double X(double second) => Left + (second / last * (Width - Left - Right));

        double Y(double value) => lower - (Math.Clamp(value / most, 0, 1) * (lower - upper));
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(Text(line)).Append('\n');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
