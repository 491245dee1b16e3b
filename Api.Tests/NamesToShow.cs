using Registry.Domain;

namespace Registry.Api.Tests;

/// <summary>Which of its names a thing is shown by.</summary>
public sealed class NamesToShow
{
    private static readonly BorneName English = Name("en", "New", from: "2021");
    private static readonly BorneName Former = Name("en", "Old", until: "2020");
    private static readonly BorneName French = Name("fr", "Neuf", from: "2021");

    [Test]
    public void The_name_of_the_day_comes_before_the_language() =>
        Assert.That(Shown([English, Former, French], "2015-01-01", "fr"), Is.EqualTo("Old"));

    [Test]
    public void A_name_that_was_certainly_borne_comes_before_one_that_may_have_been() =>
        Assert.That(
            Shown([Name("en", "Perhaps", from: "2015"), Name("en", "Surely", from: "2014")], "2015-06-01"),
            Is.EqualTo("Surely")
        );

    [Test]
    public void Without_a_day_the_name_that_lasts_longest_is_shown_and_then_the_one_that_began_last()
    {
        var lasting = Name("en", "Lasting");
        var latest = Name("en", "Latest", from: "2022");

        Assert.That(Shown([Former, English], null, "en"), Is.EqualTo("New"));
        Assert.That(
            Shown([Name("en", "Given up", from: "2015", until: "2020"), lasting], null, "en"),
            Is.EqualTo("Lasting")
        );
        Assert.That(Shown([lasting, English, latest], null, "en"), Is.EqualTo("Latest"));
    }

    [TestCase(NameKind.Official, "Republic of Examples")]
    [TestCase(NameKind.Short, "Examples")]
    public void Of_names_in_one_language_the_one_of_the_kind_is_shown(NameKind preferred, string shown)
    {
        BorneName[] names = [Name("en", "Examples", kind: "short"), Name("en", "Republic of Examples")];

        Assert.That(NameChoice.Of(names, preferred, [], null)?.Text, Is.EqualTo(shown));
        Assert.That(NameChoice.Of(Enumerable.Reverse(names), preferred, [], null)?.Text, Is.EqualTo(shown));
    }

    [TestCase("pt-BR", "Portugal e Brasil")]
    [TestCase("pt", "Portugal e Brasil")]
    [TestCase("sr-Cyrl", "Србија")]
    [TestCase("sr", "Srbija")]
    [TestCase("de", "English")]
    public void A_language_is_met_by_its_own_tag_then_by_a_variety_of_it(string language, string shown) =>
        Assert.That(
            Shown(
                [
                    Name("sr-Latn", "Srbija"),
                    Name("sr-Cyrl", "Србија"),
                    Name("pt", "Portugal e Brasil"),
                    Name("en", "English"),
                ],
                null,
                language
            ),
            Is.EqualTo(shown)
        );

    [Test]
    public void Without_English_any_language_will_do() =>
        Assert.That(Shown([Name("ru", "Имя")], null, "fr"), Is.EqualTo("Имя"));

    [TestCase("acronym")]
    [TestCase("alias")]
    public void An_acronym_or_alias_is_shown_only_where_there_is_nothing_else(string kind)
    {
        var acronym = Name("fr", "OTAN", kind: kind);

        Assert.That(Shown([acronym, English], null, "fr"), Is.EqualTo("New"));
        Assert.That(Shown([acronym], null, "en"), Is.EqualTo("OTAN"));
    }

    [Test]
    public void A_former_name_is_shown_for_its_time_and_never_for_the_present()
    {
        var given = Name("fr", "Ancien", kind: "former", until: "2010");

        Assert.That(Shown([given, English], null, "fr"), Is.EqualTo("New"));
        Assert.That(Shown([given, English], "2005-01-01", "en"), Is.EqualTo("Ancien"));
    }

    [Test]
    public void Nothing_is_shown_where_there_is_no_name() => Assert.That(Shown([], null, "fr"), Is.Null);

    private static string? Shown(BorneName[] names, string? day, params string[] languages) =>
        NameChoice
            .Of(
                names,
                NameKind.Official,
                languages,
                day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)
            )
            ?.Text;

    private static BorneName Name(
        string language,
        string text,
        string? kind = "official",
        string? from = null,
        string? until = null
    ) =>
        new(
            text,
            language,
            kind,
            new Period(from is null ? null : PartialDate.Parse(from), until is null ? null : PartialDate.Parse(until))
        );
}
