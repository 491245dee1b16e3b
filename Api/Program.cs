using Microsoft.AspNetCore.Cors.Infrastructure;
using Registry.Api.Access;
using Registry.Api.Access.Quotas;
using Registry.Api.Contract;
using Registry.Api.Features.Audit;
using Registry.Api.Features.Changes;
using Registry.Api.Features.Forums;
using Registry.Api.Features.Importing;
using Registry.Api.Features.Index;
using Registry.Api.Features.Keys;
using Registry.Api.Features.LinkedData;
using Registry.Api.Features.Meetings;
using Registry.Api.Features.Ministers;
using Registry.Api.Features.Provenance;
using Registry.Api.Features.Search;
using Registry.Api.Features.States;
using Registry.Api.Features.Status;
using Registry.Api.Features.Subscriptions;
using Registry.Api.Http;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Caching;
using Registry.Api.Http.Problems;
using Registry.Api.Http.Requests;
using Registry.Api.Observability;
using Registry.Api.Pipeline;
using Registry.Api.Routing;
using Registry.Api.Startup;
using Registry.Infrastructure;
using Registry.Infrastructure.Provenance;

if (!CommandLine.TryRead(args, out var line, out var exitCode))
{
    return exitCode;
}

if (line.NewBuilder() is not { } builder)
{
    return ExitCodes.Misread;
}

builder.UseDefaultAddress();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    ServerLimits.Apply(kestrel.Limits, builder.Configuration);
    kestrel.ConfigureEndpointDefaults(endpoint =>
    {
        endpoint.Use(kestrel.ApplicationServices.GetRequiredService<GracefulShutdown>().Bound);
        endpoint.Use(RequestLines.Encode);
    });
});
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

// Failed authentications are in the audit log, where those of one address share an entry.
builder.Logging.AddFilter(typeof(AccessAuthentication).FullName, LogLevel.Warning);
builder.SayOnce();

builder.Services.AddSingleton(TimeProvider.System);
builder.AddGracefulShutdown();
builder.Services.AddRegistryDatabase(_ => Settings.DatabaseOf(builder.Configuration));
builder.AddWebhooks(serves: line.Serves);
builder.AddImports();
builder.AddFileExamination(serves: line.Serves);
builder.AddBackups(serves: line.Serves);
builder.Services.AddSingleton<RecordReader>(RecordJson.Read);
builder.Services.AddScoped<CatalogueLoader>();
builder.Services.AddRequestPipeline();
builder.AddAccess();
builder.AddAudit(serves: line.Serves);
builder.Services.AddSingleton(ProxySettings.Of(builder.Configuration));
builder.AddTelemetry(serves: line.Serves);
builder.AddQuotas(serves: line.Serves);
builder.Services.AddChangeFeed();
builder.Services.AddCompression();
builder.Services.AddSingleton<RenderedReads>();
builder.Services.AddCors().AddSingleton<ICorsPolicyProvider, CrossOrigin>();
builder.Services.AddContract();
builder.Services.AddExceptionHandler<RefusalHandler>();

var app = builder.Build();
var shutdown = app.Services.GetRequiredService<GracefulShutdown>();

app.UseTelemetry();
app.UseProxies();
app.UseSecurityHeaders();
app.UseQuotas();
app.Use(app.Services.GetRequiredService<RenderedReads>().ServeAsync);
app.UseCompression();
app.UsePresentVersions();
app.UseAudit();
app.UseExceptionHandler(_ => { });
app.UseProblemBodies();
app.UseOptions();
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

app.MapContract();
app.MapHealth(() => shutdown.IsStopping);
app.MapMetrics();
app.MapProblems();
app.MapContexts();

var v1 = app.MapGroup("/v1").CloseReads(app.Configuration);
v1.MapIndex();
v1.MapForums();
v1.MapStates();
v1.MapMinisters();
v1.MapMeetings();
v1.MapChanges();
v1.MapProvenance();
v1.MapSearch();
v1.MapSubscriptions();
v1.MapImports();
v1.MapKeys();
v1.MapAudit();
v1.MapStatus();

return line.Serves ? await app.ServeAsync(shutdown) : await line.RunAsync(app);
