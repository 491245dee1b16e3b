using Registry.Infrastructure.Database;

namespace Registry.Infrastructure.States;

/// <summary>Answers questions about states.</summary>
public sealed class StateReads(RegistryDatabase database) : RecordReads(database, StateStore.Kind, StateSql.List);
