using System.Diagnostics;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Tour;

/// <summary>The tour in docs/tour, run as a reader runs it.</summary>
public sealed class ReadingThePressReport(Engine engine) : CatalogueTest(engine)
{
    private static readonly string[] Shells = ["/bin/bash", "/usr/bin/bash"];

    [Test]
    public async Task The_tour_answers_what_a_desk_officer_asks()
    {
        var answers = await RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                answers["What was on the agenda of the informal ministerial meeting?"].Each(item => item["title"]),
                Does.Contain("Preparation of the sixth CICA Summit")
            );
            var meeting = answers["When and where was it held, and on the margins of what?"];
            Assert.That((string?)meeting["onMarginsOf"], Is.EqualTo("unga-77"));
            Assert.That((string?)answers["What is that?"]["forum"], Is.EqualTo("UN"));

            var chair = answers["Who chaired, with which title that day?"];
            Assert.That((string?)chair["member"]!["code"], Is.EqualTo("KAZ"));
            Assert.That((string?)chair["minister"]!["id"], Is.EqualTo("mukhtar-tileuberdi"));
            Assert.That((string?)chair["title"], Is.EqualTo("Deputy Prime Minister - Minister of Foreign Affairs"));

            string[] documents =
            [
                "cica-astana-statement-2022",
                "cica-fund-regulations-2022",
                "cica-leaders-statement-ict-2022",
                "cica-plan-of-action-counter-terrorism-2022",
            ];
            Assert.That(
                answers["Which documents were discussed there?"].Each(document => document["id"]),
                Is.EqualTo(documents)
            );
            Assert.That(
                answers["Which of them did the sixth Summit adopt?"].Each(document => document["id"]),
                Is.EqualTo(documents)
            );

            var before = answers["Who headed the CICA Secretariat on 22 September 2022?"]["items"]!.AsArray().Single()!;
            var after = answers["And on 14 October 2022?"]["items"]!.AsArray().Single()!;
            Assert.That((string?)before["title"], Is.EqualTo("Executive Director of the CICA Secretariat"));
            Assert.That((string?)after["title"], Is.EqualTo("Secretary General of CICA"));
            Assert.That((string?)before["minister"]!["id"], Is.EqualTo((string?)after["minister"]!["id"]));
            Assert.That((string?)before["appointment"], Is.EqualTo((string?)after["appointment"]));

            var delegations = answers["Who represented each member of CICA?"];
            Assert.That(delegations["items"]!.AsArray(), Has.Count.EqualTo(27));
            Assert.That(
                delegations.Each(delegation => delegation["basis"]).Distinct(),
                Is.EquivalentTo(new[] { "recorded", "inferred" })
            );

            Assert.That(
                answers["What did the ministers of the CSTO discuss?"].Each(outcome => outcome["verb"]),
                Is.EqualTo(new[] { "exchanged-views", "reviewed", "discussed", "discussed", "discussed" })
            );
            Assert.That(
                answers["Which outcomes spoke of the United Nations?"].Each(outcome => outcome["id"]),
                Does.Contain("csto-foreign-ministers-2022-09.5")
            );
            Assert.That(
                answers["Who chaired CICA on 23 September 2020?"].Each(row => row["chair"]!["code"]),
                Is.EqualTo(new[] { "TJK" })
            );
            Assert.That(
                answers["And on 25 September 2020?"].Each(row => row["chair"]!["code"]),
                Is.EqualTo(new[] { "KAZ" })
            );
        }
    }

    /// <summary>The answers by the questions, as the script prints them.</summary>
    private async Task<IReadOnlyDictionary<string, JsonNode>> RunAsync()
    {
        if (Shells.FirstOrDefault(File.Exists) is not { } bash || !File.Exists("/usr/bin/curl"))
        {
            Assert.Ignore("No bash or no curl on this machine.");
            throw new UnreachableException();
        }

        var start = new ProcessStartInfo(bash)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(Repository.Root, "docs", "tour", "press-report.sh"),
                App.Http.BaseAddress!.ToString().TrimEnd('/'),
            },
        };
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.That(script.ExitCode, Is.Zero, await errors);

        return output
            .Split("\n# ", StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', 3))
            .ToDictionary(lines => lines[0].TrimStart('#', ' ', '\n'), lines => JsonNode.Parse(lines[2])!);
    }
}
