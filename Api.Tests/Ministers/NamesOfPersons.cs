using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Ministers;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Ministers;

public sealed class NamesOfPersons
{
    [Test]
    public void A_person_has_a_name()
    {
        Assert.That(() => Person(), Refused.At("names"));
    }

    [Test]
    public void A_name_may_be_spelled_in_several_ways_at_once()
    {
        Assert.That(() => Person(Name("en", "Sergey Lavrov"), Name("en", "Sergei Lavrov")), Throws.Nothing);
    }

    [Test]
    public void A_name_and_its_parts_have_their_bounds()
    {
        var part = new string('n', PersonName.MaxPartLength + 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Name("en", " "), Refused.At("text"));
            Assert.That(() => Name("en", new string('n', DatedName.MaxLength + 1)), Refused.At("text"));
            Assert.That(() => Name("en", "Name", family: part), Refused.At("family"));
            Assert.That(() => Name("en", "Name", given: part), Refused.At("given"));
            Assert.That(() => new PersonName(new Language("en"), "Name", patronymic: part), Refused.At("patronymic"));
            Assert.That(() => Name("en", "Name", family: ""), Refused.At("family"));
        }
    }

    [Test]
    public void Lists_show_the_latest_name_in_English()
    {
        var person = Person(
            Name("ru", "Роза Отунбаева"),
            Name("en", "Maiden Name", inUse: "../1975"),
            Name("en", "Married Name", inUse: "1975/..")
        );

        Assert.That(person.Name, Is.EqualTo("Married Name"));
    }

    [Test]
    public void Lists_show_another_language_where_there_is_no_English_name()
    {
        Assert.That(Person(Name("zh", "王毅")).Name, Is.EqualTo("王毅"));
    }

    [TestCase(null, "Mukhtar", "Tileuberdi", "Tileuberdi, Mukhtar")]
    [TestCase(null, null, "Tileuberdi", "Tileuberdi")]
    [TestCase(null, "Mukhtar", null, "Mukhtar Tileuberdi")]
    [TestCase("Tileuberdi M.", "Mukhtar", "Tileuberdi", "Tileuberdi M.")]
    public void A_person_is_filed_under_the_family_name(string? said, string? given, string? family, string filed)
    {
        var facts = new MinisterFacts { Names = [Name("en", "Mukhtar Tileuberdi", family, given)], SortName = said };

        Assert.That(new Minister(new Slug("mukhtar-tileuberdi"), facts).SortName, Is.EqualTo(filed));
    }

    private static Minister Person(params PersonName[] names) =>
        new(new Slug("someone"), new MinisterFacts { Names = names });

    private static PersonName Name(
        string language,
        string text,
        string? family = null,
        string? given = null,
        string inUse = "../.."
    ) => new(new Language(language), text, family, given, inUse: Span(inUse));
}
