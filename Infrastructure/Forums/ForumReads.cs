using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.Forums;

/// <summary>Answers questions about forums.</summary>
public sealed class ForumReads(RegistryDatabase database) : RecordReads(database, ForumStore.Kind, ForumSql.List);

/// <summary>Answers questions about bodies.</summary>
public sealed class BodyReads(RegistryDatabase database) : RecordReads(database, BodyStore.Kind, ForumSql.BodyList);
