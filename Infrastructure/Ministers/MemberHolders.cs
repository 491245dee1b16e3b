using System.Text.Json;
using Dapper;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Ministers;

/// <summary>The state of a post.</summary>
public enum PostHolding
{
    /// <summary>A minister holds the post, or may hold it.</summary>
    Held,

    /// <summary>The last holder on record has left, and no successor is on record.</summary>
    Vacant,

    /// <summary>The record does not show whether the post is held.</summary>
    Unknown,
}

/// <summary>The holding of a post of one kind by a member of a forum.</summary>
public sealed record MemberHolder
{
    /// <summary>The code of the member.</summary>
    public required string State { get; init; }

    /// <summary>The kind of post.</summary>
    public required PostKind Kind { get; init; }

    /// <summary>The id of the post, or null when none is on record.</summary>
    public string? Post { get; init; }

    /// <summary>The state of the post.</summary>
    public required PostHolding Holding { get; init; }

    /// <summary>The holders.</summary>
    public ResolvedHolder? Holder { get; init; }

    /// <summary>The last day of the last holder; null unless the post is vacant.</summary>
    public PartialDate? LastHeld { get; init; }

    /// <summary>
    /// True when the state held on every requested day, within the membership and, for a post without a holder, within
    /// the life of the post.
    /// </summary>
    public required bool Certain { get; init; }
}

/// <summary>Lists the holders of the posts of the members of a forum.</summary>
/// <remarks>It takes three statements, however large the forum is.</remarks>
internal sealed class MemberHolders(ReadSession session, string forum, DaySpan days, DateTimeOffset? knownAt)
{
    private const int MaxRows = 10_000;

    /// <summary>Lists the holders for each member and kind, or that none is known.</summary>
    public async Task<IReadOnlyList<MemberHolder>> OfAsync(IReadOnlyList<PostKind> kinds)
    {
        string[] words = [.. kinds.Select(Words.Of)];
        var members = await MembersAsync();
        var holders = (await HoldersAsync(words)).ToLookup(one => (one.Post.Of!.Code!, one.Post.Kind!.Value));
        var posts = (await PostsAsync(words)).ToLookup(row => (row.State, Words.Read<PostKind>(row.Kind)));
        return
        [
            .. from member in members
            from kind in kinds
            from row in holders[(member.Code, kind)] is var held && held.Any()
                ? held.Select(one => new MemberHolder
                {
                    State = member.Code,
                    Kind = kind,
                    Post = one.Post.Id,
                    Holding = PostHolding.Held,
                    Holder = one.Holder,
                    Certain = member.Certain,
                })
                : [WithoutHolder(member.Code, member.Certain, kind, posts[(member.Code, kind)])]
            select row,
        ];
    }

    private static MemberHolder WithoutHolder(string state, bool certain, PostKind kind, IEnumerable<PostRow> posts)
    {
        // Of several posts, one that is known to be vacant tells more, and then the one with the latest holder.
        var rows = posts.Select(row => (Row: row, Left: row.Left())).ToArray();
        var (last, left) = rows.OrderByDescending(one => one.Left is not null)
            .ThenByDescending(one => one.Row.LastTaken)
            .ThenBy(one => one.Row.Post, StringComparer.Ordinal)
            .FirstOrDefault();
        return new MemberHolder
        {
            State = state,
            Kind = kind,
            Post = last?.Post,
            Holding = left is null ? PostHolding.Unknown : PostHolding.Vacant,
            LastHeld = left,
            Certain = certain && (left is null || (last!.Certainty == 1 && last.Followed == 1)),
        };
    }

    private async Task<IReadOnlyList<(string Code, bool Certain)>> MembersAsync()
    {
        var page = await MembershipSql.Resolved.ReadAsync<ResolvedStanding>(
            session,
            All(
                "member",
                new StandingFilters
                {
                    Forum = forum,
                    On = days,
                    Standing = [Words.Of(StandingKind.Member)],
                }
            )
        );
        return
        [
            .. page
                .Rows.Where(row => row.MemberKind == Words.Of(PartyKind.State))
                .GroupBy(row => row.MemberCode, StringComparer.Ordinal)
                .Select(rows => (rows.Key, rows.Any(row => row.Certainty == 1))),
        ];
    }

    private async Task<IEnumerable<(PostModel Post, ResolvedHolder Holder)>> HoldersAsync(string[] kinds)
    {
        var page = await AppointmentSql.Holders.ReadAsync<ResolvedHolder>(
            session,
            All(
                "post",
                new HolderFilters
                {
                    MemberOf = forum,
                    On = days,
                    Kind = kinds,
                }
            )
        );
        return page.Rows.Select(row => (row.ReadPost(), row));
    }

    private Task<IReadOnlyList<PostRow>> PostsAsync(string[] kinds)
    {
        var parameters = new DynamicParameters();
        ListFilters.Add(parameters, "On", days);
        parameters.Add("Forum", forum);
        ParameterLists.Fill(parameters, "Kind", kinds, AppointmentSql.MaxKinds);
        return session.RowsAsync<PostRow>(AppointmentSql.PostsOfMembers, parameters);
    }

    private ListRequest All(string sort, ListFilters filters) =>
        new()
        {
            Sort = sort,
            Limit = MaxRows,
            Filters = filters,
            KnownAt = knownAt,
        };

    private sealed record PostRow
    {
        public string Post { get; init; } = "";
        public string State { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? LastAppointment { get; init; }
        public DateOnly? LastTaken { get; init; }
        public string? LastMinister { get; init; }
        public int Certainty { get; init; }
        public int Followed { get; init; }

        /// <summary>
        /// Gets the last day of the last holder, or null when there was none, when an unrecorded successor followed, or
        /// when the post itself ended.
        /// </summary>
        public PartialDate? Left()
        {
            if (LastAppointment is null || LastMinister is null)
            {
                return null;
            }

            var last = JsonSerializer.Deserialize<AppointmentModel>(LastAppointment, RegistryJson.Options)!;
            var minister = JsonSerializer.Deserialize<MinisterModel>(LastMinister, RegistryJson.Options)!;
            return last.Ending is AppointmentEnding.Replaced or AppointmentEnding.PostAbolished
                ? null
                : last.Until ?? minister.Died;
        }
    }
}
