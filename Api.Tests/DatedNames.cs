using Registry.Api.Tests.Support;
using Registry.Domain;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests;

public sealed class DatedNames
{
    [Test]
    public void A_thing_has_a_name()
    {
        Assert.That(() => new Names([]), Refused.At("names"));
    }

    [TestCase("")]
    [TestCase("   ")]
    public void A_name_is_not_blank(string text)
    {
        Assert.That(() => Name(NameKind.Official, "en", text), Refused.At("text"));
    }

    [Test]
    public void A_name_has_its_bound()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Name(NameKind.Official, "en", new string('n', DatedName.MaxLength)), Throws.Nothing);
            Assert.That(
                () => Name(NameKind.Official, "en", new string('n', DatedName.MaxLength + 1)),
                Refused.At("text")
            );
        }
    }

    [TestCase("english")]
    [TestCase("EN")]
    [TestCase("en_GB")]
    [TestCase("")]
    [TestCase("en\n")]
    public void A_language_is_a_tag(string tag)
    {
        Assert.That(() => new Language(tag), Refused.At("language"));
    }

    [TestCase("en")]
    [TestCase("sr-Latn")]
    [TestCase("pt-BR")]
    [TestCase("es-419")]
    [TestCase("zh-Hant-TW")]
    public void A_tag_may_name_script_and_region(string tag)
    {
        Assert.That(new Language(tag).Tag, Is.EqualTo(tag));
    }

    [TestCase(NameKind.Official)]
    [TestCase(NameKind.Short)]
    public void Two_names_of_one_kind_and_language_are_not_borne_at_once(NameKind kind)
    {
        Assert.That(
            () => new Names([Name(kind, "en", "Old", "1992/2000"), Name(kind, "en", "New", "1999/..")]),
            Refused.By("name-overlap")
        );
    }

    [Test]
    public void Two_names_that_only_may_overlap_follow_each_other()
    {
        Assert.That(
            () =>
                new Names([
                    Name(NameKind.Official, "en", "Old", "1992/2000"),
                    Name(NameKind.Official, "en", "New", "2000/.."),
                ]),
            Throws.Nothing
        );
    }

    [Test]
    public void Names_of_other_kinds_or_languages_are_borne_at_once()
    {
        Assert.That(
            () =>
                new Names([
                    Name(NameKind.Official, "en", "Republic of Kazakhstan"),
                    Name(NameKind.Official, "ru", "Республика Казахстан"),
                    Name(NameKind.Short, "en", "Kazakhstan"),
                ]),
            Throws.Nothing
        );
    }

    [TestCase(NameKind.Former)]
    [TestCase(NameKind.Acronym)]
    [TestCase(NameKind.Alias)]
    public void Former_names_acronyms_and_aliases_may_be_many(NameKind kind)
    {
        Assert.That(() => new Names([Name(kind, "en", "One"), Name(kind, "en", "Other")]), Throws.Nothing);
    }

    [TestCase(NameKind.Official, "Republic of Kazakhstan")]
    [TestCase(NameKind.Short, "Kazakhstan")]
    public void The_name_shown_is_of_the_kind_preferred(NameKind preferred, string shown)
    {
        var names = new Names([
            Name(NameKind.Acronym, "en", "RK"),
            Name(NameKind.Short, "en", "Kazakhstan"),
            Name(NameKind.Official, "en", "Republic of Kazakhstan"),
        ]);

        Assert.That(names.Display(preferred), Is.EqualTo(shown));
    }

    [Test]
    public void The_name_shown_is_in_English_where_there_is_one()
    {
        var names = new Names([
            Name(NameKind.Official, "ru", "Республика Казахстан"),
            Name(NameKind.Short, "en", "Kazakhstan"),
        ]);

        Assert.That(names.Display(NameKind.Official), Is.EqualTo("Kazakhstan"));
    }

    [Test]
    public void Another_language_is_shown_where_there_is_no_English_name()
    {
        var names = new Names([Name(NameKind.Official, "ru", "Республика Казахстан")]);

        Assert.That(names.Display(NameKind.Official), Is.EqualTo("Республика Казахстан"));
    }

    [TestCase("1992/2000", "2001/..")]
    [TestCase("1992/ended", "2001/..")]
    [TestCase("1992/2000", "2001/2010")]
    public void The_latest_name_is_shown(string earlier, string later)
    {
        var names = new Names([
            Name(NameKind.Official, "en", "New", later),
            Name(NameKind.Official, "en", "Old", earlier),
        ]);

        Assert.That(names.Display(NameKind.Official), Is.EqualTo("New"));
    }

    [Test]
    public void A_name_given_up_is_shown_last()
    {
        var names = new Names([Name(NameKind.Former, "en", "Conference"), Name(NameKind.Short, "ru", "Совещание")]);

        Assert.That(names.Display(NameKind.Official), Is.EqualTo("Совещание"));
    }

    [Test]
    public void An_alias_is_shown_only_where_there_is_nothing_but_former_names_beside_it()
    {
        var names = new Names([
            Name(NameKind.Former, "en", "Old"),
            Name(NameKind.Alias, "en", "Everyday"),
            Name(NameKind.Official, "ru", "Официальное"),
        ]);
        var aliased = new Names([Name(NameKind.Former, "en", "Old"), Name(NameKind.Alias, "en", "Everyday")]);

        Assert.That(names.Display(NameKind.Short), Is.EqualTo("Официальное"));
        Assert.That(aliased.Display(NameKind.Short), Is.EqualTo("Everyday"));
    }

    private static DatedName Name(NameKind kind, string language, string text, string inUse = "../..") =>
        new(kind, new Language(language), text, Span(inUse));
}
