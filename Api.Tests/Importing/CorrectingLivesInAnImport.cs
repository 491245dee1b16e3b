using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Importing;

/// <summary>Rows that are checked against the life of a forum or a state which other rows of the import change.</summary>
public sealed class CorrectingLivesInAnImport(Engine engine) : RegistryTest(engine)
{
    [SetUp]
    public async Task Found() =>
        await App.ImportAsync(
            Forum("1995") + State("1991") + Imports.State("UZB") + Membership("UZB", "2000") + Membership("KAZ", "2000")
        );

    [TestCase("1990", "1991-12-16", "1992", "done: 0 3 0 0")]
    [TestCase("1990", "1993", "1992", "done: 0 2 0 1")]
    [TestCase("1993", "1991", "1992", "done: 0 1 1 1")]
    public async Task A_membership_lies_within_the_lives_as_the_same_import_leaves_them(
        string founded,
        string existence,
        string from,
        string counts
    )
    {
        var import = await App.ImportAsync(
            Membership("KAZ", from) + Forum(founded) + State(existence),
            query: "?partial=true"
        );

        Assert.That(Imports.Counts(import), Is.EqualTo(counts));
        await RefusedForLivesAsync(import);
    }

    [Test]
    public async Task A_refused_correction_of_a_life_leaves_it_as_it_was()
    {
        var import = await App.ImportAsync(Forum("2001") + Membership("KAZ", "1996"), query: "?partial=true");

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 0 1 0 1"));
        await RefusedForLivesAsync(import);
    }

    [Test]
    public async Task A_refused_import_leaves_the_lives_as_they_were()
    {
        var refused = await App.ImportAsync(Forum("1990") + Membership("KAZ", "1989"));
        var import = await App.ImportAsync(Membership("KAZ", "1991"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(refused), Does.StartWith("refused"));
            Assert.That(Imports.Counts(import), Is.EqualTo("refused: 0 0 0 1"));
        }
    }

    private async Task RefusedForLivesAsync(JsonNode import) =>
        Assert.That(
            (await App.RowsAsync(import, "?result=refused")).Select(row => (string?)row!["problem"]!["type"]),
            Is.All.EqualTo("/problems/outside-life")
        );

    private static string Forum(string founded) =>
        Imports.Line(
            "forums",
            new
            {
                code = "PACT",
                names = RegistryApp.NamesOf("Pact"),
                founded,
            }
        );

    private static string State(string from) =>
        Imports.Line(
            "states",
            new
            {
                code = "KAZ",
                names = RegistryApp.NamesOf("Kazakhstan", "short"),
                existence = new { from },
            }
        );

    private static string Membership(string state, string from) =>
        Imports.Line(
            "memberships",
            new
            {
                forum = "PACT",
                member = new { kind = "state", code = state },
                standings = new[] { new { standing = "member", from } },
            }
        );
}
