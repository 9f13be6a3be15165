package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

@Entity
@Table(name = "team_member")
@IdClass(TeamMemberEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class TeamMemberEntity {
    @Id
    @Column(name = "team_id")
    String teamId;

    @Id
    @Column(name = "user_id")
    String userId;

    record Key(String teamId, String userId) implements Serializable {}
}
