using Registry.Domain;
using Registry.Domain.Forums;

namespace Registry.Api.Tests.Forums;

/// <summary>The reasons for the difference between a declared count and the recorded memberships.</summary>
public sealed class ReconciliationRules
{
    private static readonly DateOnly Day = new(2020, 6, 1);

    [Test]
    public void Those_who_joined_and_left_since_are_taken_off_the_difference() =>
        Assert.Multiple(() =>
        {
            var reconciled = Of(2, then: "stays leaves", now: "stays comes arrives");
            Assert.That(reconciled.Difference, Is.EqualTo(1));
            Assert.That(reconciled.Remainder, Is.Zero);
            Assert.That(reconciled.Joined, Is.EqualTo(new[] { "comes", "arrives" }));
            Assert.That(reconciled.Left, Is.EqualTo(new[] { "leaves" }));
            Assert.That(reconciled.Uncertain, Is.Empty);
        });

    [Test]
    public void The_remainder_tells_how_many_more_are_on_record_than_were_declared() =>
        Assert.That(Of(5, then: "a b", now: "a").Remainder, Is.EqualTo(-3));

    [Test]
    public void Who_is_uncertain_on_either_day_is_named_once() =>
        Assert.That(Of(3, then: "a? b c?", now: "a? b? d").Uncertain, Is.EqualTo(new[] { "a", "b", "c" }));

    [Test]
    public void The_latest_count_of_the_standing_that_was_declared_by_the_day_is_taken()
    {
        DeclaredCount[] counts =
        [
            Declared("2018", StandingKind.Member, 10),
            Declared("2019", StandingKind.Member, 11),
            Declared("2019-12", StandingKind.Observer, 4),
            Declared("2020", StandingKind.Member, 12),
        ];
        Assert.Multiple(() =>
        {
            // A year is over on its last day.
            Assert.That(Reconciliation.LatestOf(counts, StandingKind.Member, Day)!.Count, Is.EqualTo(11));
            Assert.That(Reconciliation.LatestOf(counts, StandingKind.Member, new(2018, 12, 30)), Is.Null);
        });
    }

    [Test]
    public void A_claim_disputes_a_membership_only_on_the_days_that_are_compared() =>
        Assert.Multiple(() =>
        {
            Assert.That(Reconciliation.IsDisputed([Held("2019", "2021")], [Held("2019", "2019")], [Day]));
            Assert.That(Reconciliation.IsDisputed([Held("2019", "2021")], [Held("2019", "2020-06")], [Day]), Is.False);
            Assert.That(Reconciliation.IsDisputed([Held("2019", "2021")], [], [new(2022, 1, 1)]), Is.False);
        });

    /// <param name="declared">The declared number.</param>
    /// <param name="then">The memberships on the day of the count; those that are uncertain with a question mark.</param>
    /// <param name="now">The memberships on the day asked for.</param>
    private static Reconciliation Of(int declared, string then, string now) =>
        new(declared, Memberships(then), Memberships(now));

    private static Dictionary<string, bool> Memberships(string words) =>
        words.Split(' ').ToDictionary(word => word.TrimEnd('?'), word => !word.EndsWith('?'), StringComparer.Ordinal);

    private static DeclaredCount Declared(string on, StandingKind standing, int count) =>
        new(Date(on), standing, count);

    private static Period Held(string from, string until) => new(Date(from), Date(until));

    private static PartialDate Date(string text) => PartialDate.Parse(text);
}
