using MediatR;
using Registry.Api.Observability;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Features.Status;

/// <summary>Get the status of the registry.</summary>
/// <remarks>
/// For operators: the versions of the program and of its database, and the last change. Whether the registry can serve is told
/// to anyone by the readiness check (/health/ready).
/// </remarks>
public sealed record GetStatus : IRequest<StatusModel>;

/// <summary>The status of the registry.</summary>
public sealed record StatusModel
{
    /// <summary>The version of the program (Semantic Versioning 2.0.0), with the commit of the build when it is known.</summary>
    public required string Version { get; init; }

    /// <summary>The version of the database schema: the name of the last migration script.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>The database engine.</summary>
    public required DatabaseProvider Provider { get; init; }

    /// <summary>The sequence of the last change; 0 in an empty registry.</summary>
    public required long Sequence { get; init; }

    /// <summary>The time of the last change, in UTC; absent in an empty registry.</summary>
    public DateTimeOffset? LastChangeAt { get; init; }
}

/// <summary>A database engine.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite, embedded in the program.</summary>
    Sqlite,

    /// <summary>SQL Server.</summary>
    SqlServer,
}

internal sealed class GetStatusHandler(StatusReads reads, RegistryDatabase database)
    : IRequestHandler<GetStatus, StatusModel>
{
    public async Task<StatusModel> Handle(GetStatus request, CancellationToken cancellationToken)
    {
        var status = await reads.GetAsync(cancellationToken);
        return new StatusModel
        {
            Version = ProgramVersion.Text,
            SchemaVersion = status.Schema,
            Provider = Enum.Parse<DatabaseProvider>(database.Dialect.Name),
            Sequence = status.Sequence,
            LastChangeAt = status.Instant,
        };
    }
}
