using Registry.Domain.Search;

namespace Registry.Api.Tests.Search;

/// <summary>The comparison of the words of two names.</summary>
public sealed class ComparingWords
{
    [Test]
    public void The_same_words_are_worth_less_in_another_order() =>
        Assert.Multiple(() =>
        {
            Assert.That(Compare("Kofi Annan", "Kofi Annan").Score, Is.EqualTo(0.97));
            Assert.That(Compare("Annan Kofi", "Kofi Annan").Score, Is.EqualTo(0.95));
            Assert.That(Compare("Annan Kofi", "Kofi Annan").IsWhole);
        });

    [Test]
    public void A_misspelt_word_is_told_with_its_pair()
    {
        var likeness = Compare("Kazahkstan Centre", "Kazakhstan Centre");
        Assert.Multiple(() =>
        {
            Assert.That(likeness.IsWhole);
            Assert.That(likeness.Apart, Is.EqualTo(1));
            Assert.That(likeness.Reasons, Is.EqualTo(new[] { "one letter differs" }));
            Assert.That(likeness.Misspelt.Single().Name.Text, Is.EqualTo("kazakhstan"));
        });
    }

    [Test]
    public void A_word_too_many_makes_the_name_less_like_and_not_whole() =>
        Assert.Multiple(() =>
        {
            var more = Compare("Andes", "Andes Jaguar");
            Assert.That(more.IsWhole, Is.False);
            Assert.That(more.Reasons, Is.EqualTo(new[] { "more words in the name" }));
            Assert.That(Compare("Andes Jaguar", "Andes").Reasons, Is.EqualTo(new[] { "words that the name has not" }));
            Assert.That(more.Score, Is.GreaterThan(0).And.LessThan(0.95));
        });

    [Test]
    public void A_rare_word_that_is_missing_counts_more_than_a_common_one() =>
        Assert.That(
            Compare("Andes Jaguar", "Andes", word => word == "jaguar" ? 0.25 : 1).Score,
            Is.GreaterThan(Compare("Andes Jaguar", "Andes").Score)
        );

    [Test]
    public void A_word_of_the_state_need_not_stand_in_the_name()
    {
        var likeness = WordComparison.Compare(
            Words("Andes Peru"),
            Words("Andes"),
            _ => 1,
            new HashSet<string> { "peru" }
        );
        Assert.Multiple(() =>
        {
            Assert.That(likeness.Score, Is.EqualTo(0.95));
            Assert.That(likeness.Reasons, Is.EqualTo(new[] { "name of the country" }));
        });
    }

    [Test]
    public void Two_words_may_be_written_as_one() =>
        Assert.That(Compare("Newland", "New Land").Score, Is.EqualTo(0.95));

    [Test]
    public void A_word_is_less_rare_the_more_records_have_it_down_to_a_quarter() =>
        Assert.Multiple(() =>
        {
            Assert.That(WordComparison.RarityOf(0), Is.EqualTo(1));
            Assert.That(WordComparison.RarityOf(1), Is.EqualTo(1));
            Assert.That(WordComparison.RarityOf(4), Is.EqualTo(0.75));
            Assert.That(WordComparison.RarityOf(1_000_000), Is.EqualTo(0.25));
        });

    private static WordLikeness Compare(string asked, string held, Func<string, double>? rarity = null) =>
        WordComparison.Compare(Words(asked), Words(held), rarity ?? (_ => 1), new HashSet<string>());

    private static IReadOnlyList<NameWord> Words(string name) => NameWords.Of(name, person: false).Counted;
}
