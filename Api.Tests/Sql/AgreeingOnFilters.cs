using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.States;

namespace Registry.Api.Tests.Sql;

/// <summary>The conditions of lists are properties of types, and both sides agree on them before anything is asked.</summary>
public sealed class AgreeingOnFilters
{
    private static readonly Dictionary<string, string> Sorts = new() { ["code"] = "s.Code" };

    [Test]
    public void The_lists_of_the_program_agree_with_their_conditions() => Assert.That(ListSql.MakeAll, Throws.Nothing);

    [TestCase("Name", "s.Name = @Name")]
    [TestCase("Region", "s.Region = @Regoin")]
    [TestCase("region", "s.Region = @Region")]
    public void A_condition_that_nobody_turns_on_is_refused(string name, string condition) =>
        Assert.That(
            () => ListOf(new() { ["Region"] = "s.Region = @Region", [name] = condition }),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RegionFilters))
        );

    [Test]
    public void A_property_that_turns_nothing_on_is_refused() =>
        Assert.That(
            () => ListOf([]),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RegionFilters.Region))
        );

    [Test]
    public void A_list_is_asked_with_its_own_conditions_alone()
    {
        var request = new ListRequest
        {
            Sort = "code",
            Limit = 1,
            Filters = new ForumTimelineFilters { Forum = "CICA" },
        };

        Assert.That(
            () => StateSql.List.ReadAsync<RecordListRow>(null!, request),
            Throws.InvalidOperationException.With.Message.Contains(nameof(ForumTimelineFilters))
        );
    }

    private static ListSql ListOf(Dictionary<string, string> conditions) =>
        new(typeof(RegionFilters), "s.Record", "State s", "s.Code", Sorts, conditions);

    private sealed record RegionFilters : ListFilters
    {
        public string? Region { get; init; }
    }
}
