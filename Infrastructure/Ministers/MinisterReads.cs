using System.Text.Json;
using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Ministers;

/// <summary>Answers questions about ministers.</summary>
public sealed class MinisterReads(RegistryDatabase database)
    : RecordReads(database, MinisterStore.Kind, MinisterSql.List)
{
    /// <summary>What a minister did, in order.</summary>
    public Task<ListPage<TimelineEvent>> TimelineAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => MinisterSql.Timeline.ReadAsync<TimelineEvent>(session, request),
            cancellationToken
        );
}

/// <summary>Answers questions about posts.</summary>
public sealed class PostReads(RegistryDatabase database) : RecordReads(database, PostStore.Kind, PostSql.List);

/// <summary>Answers questions about appointments.</summary>
public sealed class AppointmentReads(RegistryDatabase database)
    : RecordReads(database, AppointmentStore.Kind, AppointmentSql.List)
{
    /// <summary>Who holds which post on a day.</summary>
    public Task<ListPage<ResolvedHolder>> HoldersAsync(ListRequest request, CancellationToken cancellationToken) =>
        Database.ReadAsync(
            request.KnownAt,
            session => AppointmentSql.Holders.ReadAsync<ResolvedHolder>(session, request),
            cancellationToken
        );
}

/// <summary>The holder of a post on the day asked for.</summary>
public sealed record ResolvedHolder : ListRow
{
    public string Appointment { get; init; } = "";
    public string Post { get; init; } = "";
    public string MinisterName { get; init; } = "";
    public int Certainty { get; init; }

    /// <summary>The record of the appointment.</summary>
    public AppointmentDocument ReadAppointment() =>
        JsonSerializer.Deserialize<AppointmentDocument>(Appointment, RegistryJson.Options)!;

    /// <summary>The record of the post.</summary>
    public PostDocument ReadPost() => JsonSerializer.Deserialize<PostDocument>(Post, RegistryJson.Options)!;
}
