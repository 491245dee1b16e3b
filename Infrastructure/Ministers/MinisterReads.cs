using System.Text.Json;
using Registry.Domain;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Ministers;

/// <summary>Reads ministers.</summary>
public sealed class MinisterReads(RegistryDatabase database)
    : RecordReads<MinisterModel>(database, MinisterStore.Kind, MinisterSql.List)
{
    /// <summary>Lists the timeline of a minister, in order.</summary>
    public Task<ListPage<TimelineEvent>> TimelineAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => MinisterSql.Timeline.ReadAsync<TimelineEvent>(session, request),
            cancellationToken
        );
}

/// <summary>Reads posts.</summary>
public sealed class PostReads(RegistryDatabase database)
    : RecordReads<PostModel>(database, PostStore.Kind, PostSql.List);

/// <summary>Reads appointments.</summary>
public sealed class AppointmentReads(RegistryDatabase database)
    : RecordReads<AppointmentModel>(database, AppointmentStore.Kind, AppointmentSql.List)
{
    /// <summary>Lists the holders of posts on a date.</summary>
    public Task<ListPage<ResolvedHolder>> HoldersAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => AppointmentSql.Holders.ReadAsync<ResolvedHolder>(session, request),
            cancellationToken
        );

    /// <summary>Lists the holders of the posts of some kinds of the member states of a forum.</summary>
    /// <param name="forum">The code of the forum.</param>
    /// <param name="kinds">The kinds of post.</param>
    /// <param name="days">The requested days.</param>
    /// <param name="knownAt">The instant as of which the registry is read, or null for the current records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>For each member and kind the holders, or that none is known.</returns>
    public Task<IReadOnlyList<MemberHolder>> OfMembersAsync(
        string forum,
        IReadOnlyList<PostKind> kinds,
        DaySpan days,
        DateTimeOffset? knownAt,
        CancellationToken cancellationToken
    ) =>
        Database.ReadAsync(
            knownAt,
            session => new MemberHolders(session, forum, days, knownAt).OfAsync(kinds),
            cancellationToken
        );
}

/// <summary>The holder of a post on the requested date.</summary>
public sealed record ResolvedHolder : ListRow
{
    public string Appointment { get; init; } = "";
    public string Post { get; init; } = "";
    public string MinisterName { get; init; } = "";
    public int Certainty { get; init; }

    /// <summary>The record of the appointment.</summary>
    public AppointmentModel ReadAppointment() =>
        JsonSerializer.Deserialize<AppointmentModel>(Appointment, RegistryJson.Options)!;

    /// <summary>The record of the post.</summary>
    public PostModel ReadPost() => JsonSerializer.Deserialize<PostModel>(Post, RegistryJson.Options)!;
}
