using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Backups;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Idempotency;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Importing.Files;
using Registry.Infrastructure.Keys;
using Registry.Infrastructure.Merging;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Quotas;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Records.Writing;
using Registry.Infrastructure.Search;
using Registry.Infrastructure.Subscriptions;
using Registry.Infrastructure.Tables;
using Registry.Infrastructure.Verification;

namespace Registry.Infrastructure;

/// <summary>Registers the services of this project.</summary>
public static class InfrastructureServices
{
    /// <summary>The observers of every write of a record, in order.</summary>
    private static readonly RecordObserver[] Observers = [new Citations(), new NameObserver(), new Claims()];

    /// <summary>Adds the database with all its stores and reads.</summary>
    public static IServiceCollection AddRegistryDatabase(
        this IServiceCollection services,
        Func<IServiceProvider, RegistryDatabase> database
    )
    {
        ListSql.InitializeAll();
        return services
            .AddSingleton(database)
            .AddSingleton<Migrator>()
            .AddSingleton<ServerWait>()
            .AddSingleton<FileExamination>()
            .AddSingleton<DatabaseUse>()
            .AddSingleton<ApiKeyStore>()
            .AddSingleton<AuditStore>()
            .AddSingleton<DailyUse>()
            .AddSingleton<RecordOwners>()
            .AddSingleton<Reconciliations>()
            .AddSingleton<SequenceWatch>()
            .AddSingleton<ChangeSignal>()
            .AddSingleton<ClockWatch>()
            .AddSingleton<ChangeReads>()
            .AddSingleton<ExportReads>()
            .AddSingleton<StatusReads>()
            .AddSingleton<Merges>()
            .AddSingleton<Inclusions>()
            .AddSingleton<NamesBeside>()
            .AddSingleton<RecordStores>()
            .AddRecords()
            .AddSingleton<SearchReads>()
            .AddSingleton<MatchReads>()
            .AddScoped<NameIndex>()
            .AddScoped<Author>()
            .AddScoped<AuditLog>()
            .AddScoped<KeptAnswers>()
            .AddScoped(services => new Ledger(
                services.GetRequiredService<RegistryDatabase>(),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<Author>(),
                Observers,
                [
                    services.GetRequiredService<AuditLog>(),
                    services.GetRequiredService<KeptAnswers>(),
                    services.GetRequiredService<ChangeSignal>(),
                    services.GetRequiredService<ClockWatch>(),
                ]
            ));
    }

    /// <summary>Adds the store and the reads of every collection, also under the type of its records.</summary>
    private static IServiceCollection AddRecords(this IServiceCollection services)
    {
        foreach (var type in typeof(InfrastructureServices).Assembly.GetTypes().Where(type => !type.IsAbstract))
        {
            for (var above = type.BaseType; above is not null; above = above.BaseType)
            {
                if (
                    above.IsGenericType
                    && (
                        above.GetGenericTypeDefinition() == typeof(RecordStore<>)
                        || above.GetGenericTypeDefinition() == typeof(RecordReads<>)
                    )
                )
                {
                    services.AddSingleton(type).AddSingleton(above, provider => provider.GetRequiredService(type));
                }
            }
        }

        return services;
    }

    /// <summary>Adds backups, restorations and verifications.</summary>
    public static IServiceCollection AddBackups(
        this IServiceCollection services,
        Func<IServiceProvider, BackupSettings> settings
    ) =>
        services
            .AddSingleton(settings)
            .AddSingleton<Verifier>()
            .AddSingleton<BackupWriter>()
            .AddSingleton<Restoration>()
            .AddSingleton<BackupSchedule>();

    /// <summary>Adds the services that receive and run imports.</summary>
    public static IServiceCollection AddImports(
        this IServiceCollection services,
        Func<IServiceProvider, ImportSettings> settings
    ) =>
        services
            .AddSingleton(settings)
            .AddSingleton<ImportStore>()
            .AddSingleton(provider => new RowWriter(
                provider.GetRequiredService<RecordStores>(),
                provider.GetRequiredService<ClaimStore>(),
                provider.GetRequiredService<RecordReader>()
            ))
            .AddSingleton(provider => new PopoloFile(provider.GetRequiredService<RegistryDatabase>()))
            .AddSingleton(provider => new RecordImporter(
                provider.GetRequiredService<ImportStore>(),
                provider.GetRequiredService<RowWriter>(),
                provider.GetRequiredService<PopoloFile>(),
                provider.GetRequiredService<RegistryDatabase>(),
                provider.GetRequiredService<MatchReads>(),
                provider.GetRequiredService<ImportSettings>(),
                provider.GetRequiredService<IServiceScopeFactory>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<RecordImporter>>()
            ))
            .AddSingleton<ImportDesk>();

    /// <summary>Adds the subscriptions and their delivery.</summary>
    public static IServiceCollection AddSubscriptions(
        this IServiceCollection services,
        Func<IServiceProvider, DeliverySettings> settings
    ) =>
        services
            .AddSingleton(settings)
            .AddSingleton<ReceiverAddresses>()
            .AddSingleton<MessageSender>()
            .AddSingleton<DeliveryQueue>()
            .AddSingleton<SubscriptionStore>()
            .AddSingleton(provider => new ChangeDelivery(
                provider.GetRequiredService<DeliveryQueue>(),
                provider.GetRequiredService<MessageSender>(),
                provider.GetRequiredService<SubscriptionStore>(),
                provider.GetRequiredService<ChangeSignal>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ChangeDelivery>>()
            ));
}
