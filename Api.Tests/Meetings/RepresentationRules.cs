using Registry.Domain.Meetings;
using Registry.Domain.Ministers;

namespace Registry.Api.Tests.Meetings;

/// <summary>The choice of the speaker of a member at a meeting.</summary>
public sealed class RepresentationRules
{
    private static readonly Representation Summit = new(MeetingFacts.LevelOf(MeetingKind.Summit, null));

    [Test]
    public void The_head_of_state_comes_before_a_head_of_government_in_office_for_sure() =>
        Assert.That(
            Summit
                .RepresentativeOf([
                    Office("pm", PostKind.HeadOfGovernment),
                    Office("president", PostKind.HeadOfState) with
                    {
                        IsActing = true,
                        IsCertain = false,
                    },
                ])!
                .Minister,
            Is.EqualTo("president")
        );

    [Test]
    public void Who_holds_the_office_comes_before_who_acts_in_it_and_who_certainly_does_before_who_may() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                Summit
                    .RepresentativeOf([
                        Office("acting") with
                        {
                            IsActing = true,
                        },
                        Office("full") with
                        {
                            IsCertain = false,
                        },
                    ])!
                    .Minister,
                Is.EqualTo("full")
            );
            Assert.That(
                Summit
                    .RepresentativeOf([Office("perhaps") with { IsCertain = false, Since = Day(9) }, Office("sure")])!
                    .Minister,
                Is.EqualTo("sure")
            );
        });

    [Test]
    public void Of_two_alike_the_later_one_represents_the_state_and_then_the_first_by_id() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                Summit.RepresentativeOf([Office("former"), Office("newer") with { Since = Day(2) }])!.Minister,
                Is.EqualTo("newer")
            );
            Assert.That(Summit.RepresentativeOf([Office("b"), Office("a")])!.Minister, Is.EqualTo("a"));
        });

    [Test]
    public void An_office_of_another_level_represents_nobody() =>
        Assert.That(Summit.RepresentativeOf([Office("minister", PostKind.ForeignMinister)]), Is.Null);

    [Test]
    public void Who_is_named_speaks_in_an_office_of_the_member_before_one_of_the_level() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                Summit
                    .OfficeOf("KAZ", [Office("x") with { State = "UZB" }, Office("x", PostKind.ForeignMinister)])!
                    .Kind,
                Is.EqualTo(PostKind.ForeignMinister)
            );
            Assert.That(
                Summit.OfficeOf("KAZ", [Office("x", PostKind.ForeignMinister), Office("x")])!.Kind,
                Is.EqualTo(PostKind.HeadOfState)
            );
            Assert.That(Summit.OfficeOf("KAZ", []), Is.Null);
        });

    [Test]
    public void The_record_of_the_meeting_comes_before_the_offices() =>
        Assert.Multiple(() =>
        {
            Assert.That(Speakers(["one", "two"], "chair", "holder"), Is.EqualTo(new[] { "one", "two" }));
            Assert.That(Speakers([], "chair", "holder"), Is.EqualTo(new[] { "chair" }));
            Assert.That(Speakers([], null, "holder"), Is.EqualTo(new[] { "holder" }));
            Assert.That(Speakers([], null, null), Is.Empty);
        });

    [Test]
    public void No_office_represents_a_forum() =>
        Assert.That(Representation.SpeakersOf(isState: false, [], null, () => "holder"), Is.Empty);

    [Test]
    public void The_chair_of_the_body_leads_before_that_of_the_forum_and_a_certain_one_before_a_later_one() =>
        Assert.Multiple(() =>
        {
            var ofBody = new HeldChair(IsOfBody: true, IsCertain: false, Day(1));
            var ofForum = new HeldChair(IsOfBody: false, IsCertain: true, Day(2));
            var later = new HeldChair(IsOfBody: false, IsCertain: false, Day(3));
            Assert.That(Representation.ChairOf([later, ofForum, ofBody]), Is.SameAs(ofBody));
            Assert.That(Representation.ChairOf([later, ofForum]), Is.SameAs(ofForum));
            Assert.That(Representation.ChairOf([]), Is.Null);
        });

    private static IReadOnlyList<string> Speakers(string[] named, string? chair, string? holder) =>
        Representation.SpeakersOf(isState: true, named, chair, () => holder);

    private static HeldOffice Office(string minister, PostKind kind = PostKind.HeadOfState) =>
        new(minister, kind, "KAZ") { IsCertain = true, Since = Day(1) };

    private static DateOnly Day(int day) => new(2022, 9, day);
}
