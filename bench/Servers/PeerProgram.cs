using Microsoft.EntityFrameworkCore;

namespace Registry.Bench.Servers;

/// <summary>
/// A peer: the same records from the same file as most would serve them today, by minimal API and EF Core with its usual
/// advice followed (pooled contexts, no tracking, no lazy loading, keyset paging).
/// </summary>
internal static class PeerProgram
{
    /// <summary>Serves until it is told to end.</summary>
    public static Task RunAsync(string file, string address)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddDbContextPool<PeerContext>(options =>
            options
                .UseSqlite($"Data Source={file};Mode=ReadOnly")
                .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        );
        var app = builder.Build();

        app.MapGet(Yardstick.Plain, () => "The least that can be served.");

        app.MapGet(
            "/memberships/{id}",
            async (string id, PeerContext context, CancellationToken cancellationToken) =>
                await context
                    .Memberships.Include(membership => membership.Standings.OrderBy(standing => standing.Position))
                    .FirstOrDefaultAsync(membership => membership.Id == id, cancellationToken)
                    is { } found
                    ? Results.Json(found.ToRecord(), RecordJson.Default.MembershipRecord)
                    : Results.NotFound()
        );

        app.MapGet(
            "/memberships",
            async (string forum, int limit, string? after, PeerContext context, CancellationToken cancellationToken) =>
            {
                var page = await context
                    .Memberships.Where(membership =>
                        membership.ForumCode == forum && membership.MemberCode.CompareTo(after ?? "") > 0
                    )
                    .OrderBy(membership => membership.MemberCode)
                    .Take(limit)
                    .Include(membership => membership.Standings.OrderBy(standing => standing.Position))
                    .ToListAsync(cancellationToken);
                return Results.Json(
                    new MembershipPage(page.ConvertAll(membership => membership.ToRecord()), null),
                    RecordJson.Default.MembershipPage
                );
            }
        );

        app.MapGet(
            Yardstick.Export,
            async (HttpContext http, PeerContext context, CancellationToken cancellationToken) =>
            {
                http.Response.ContentType = "application/x-ndjson";
                var all = context
                    .Memberships.Include(membership => membership.Standings.OrderBy(standing => standing.Position))
                    .OrderBy(membership => membership.Id)
                    .AsAsyncEnumerable();
                await foreach (var membership in all.WithCancellation(cancellationToken))
                {
                    await System.Text.Json.JsonSerializer.SerializeAsync(
                        http.Response.Body,
                        membership.ToRecord(),
                        RecordJson.Default.MembershipRecord,
                        cancellationToken
                    );
                    await http.Response.WriteAsync("\n", cancellationToken);
                }
            }
        );

        return app.RunAsync();
    }
}

/// <summary>The two tables that the peer reads.</summary>
internal sealed class PeerContext(DbContextOptions<PeerContext> options) : DbContext(options)
{
    /// <summary>The memberships.</summary>
    public DbSet<PeerMembership> Memberships => Set<PeerMembership>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PeerMembership>().ToTable("Membership").HasKey(membership => membership.Id);
        modelBuilder
            .Entity<PeerMembership>()
            .HasMany(membership => membership.Standings)
            .WithOne()
            .HasForeignKey(standing => standing.MembershipId);
        modelBuilder
            .Entity<PeerStanding>()
            .ToTable("Standing")
            .HasKey(standing => new
            {
                standing.ForumCode,
                standing.MembershipId,
                standing.Position,
            });
    }
}

/// <summary>A row of the memberships.</summary>
internal sealed class PeerMembership
{
    /// <summary>The id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The code of the forum.</summary>
    public string ForumCode { get; set; } = "";

    /// <summary>A state or a forum.</summary>
    public string MemberKind { get; set; } = "";

    /// <summary>Its code.</summary>
    public string MemberCode { get; set; } = "";

    /// <summary>The version.</summary>
    public int Version { get; set; }

    /// <summary>When it was recorded.</summary>
    public string RecordedFrom { get; set; } = "";

    /// <summary>The timeline.</summary>
    public List<PeerStanding> Standings { get; } = [];

    /// <summary>The record as it is served.</summary>
    public MembershipRecord ToRecord() =>
        new()
        {
            Id = Id,
            Forum = ForumCode,
            Member = new PartyRecord(MemberKind, MemberCode),
            Standings = Standings.ConvertAll(standing => new StandingRecord(
                standing.Kind,
                standing.FromText,
                standing.UntilText,
                standing.UntilText is null ? null : true
            )),
            Version = Version,
            RecordedAt = RecordedFrom,
        };
}

/// <summary>A row of the standings.</summary>
internal sealed class PeerStanding
{
    /// <summary>The membership.</summary>
    public string MembershipId { get; set; } = "";

    /// <summary>The code of the forum.</summary>
    public string ForumCode { get; set; } = "";

    /// <summary>Its place in the timeline.</summary>
    public int Position { get; set; }

    /// <summary>As what it stands.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Since when.</summary>
    public string FromText { get; set; } = "";

    /// <summary>Until when.</summary>
    public string? UntilText { get; set; }
}
