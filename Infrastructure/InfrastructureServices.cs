using Microsoft.Extensions.DependencyInjection;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.States;

namespace Registry.Infrastructure;

/// <summary>What the host has to know of this project.</summary>
public static class InfrastructureServices
{
    /// <summary>Adds the database with all its stores and reads.</summary>
    public static IServiceCollection AddRegistryDatabase(
        this IServiceCollection services,
        Func<IServiceProvider, RegistryDatabase> database
    ) =>
        services
            .AddSingleton(database)
            .AddSingleton<Migrator>()
            .AddSingleton<AccessKeyStore>()
            .AddSingleton<StateStore>()
            .AddSingleton<StateReads>()
            .AddSingleton<ForumStore>()
            .AddSingleton<ForumReads>()
            .AddSingleton<BodyStore>()
            .AddSingleton<BodyReads>()
            .AddSingleton<MembershipStore>()
            .AddSingleton<MembershipReads>()
            .AddScoped<Author>()
            .AddScoped<Ledger>();
}
